"""Retry-After: seconds or a date, counted from the other side's own clock, at most an hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postengine.retry_after import read_retry_after

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
AT_NINE = "Tue, 01 Dec 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        (None, None),
        ("30", 30.0),
        (" 0 ", 0.0),
        ("999999", 3600.0),
        ("soon", None),
        ("-5", None),
        ("Tue, 01 Dec 2026 09:02:00 GMT", 120.0),
        ("Tue, 01 Dec 2026 09:02:00 -0000", 120.0),
        ("Tue, 01 Dec 2026 08:00:00 GMT", 0.0),
        ("Wed, 02 Dec 2026 09:00:00 GMT", 3600.0),
    ],
)
def test_a_wait_is_read_in_both_forms_and_capped(value: str | None, wait_s: float | None) -> None:
    assert read_retry_after(value, date=None, now=NOW) == wait_s


@pytest.mark.parametrize(("date", "wait_s"), [(AT_NINE, 60.0), ("nonsense", 30.0)])
def test_a_date_is_counted_from_the_date_of_the_answer(date: str, wait_s: float) -> None:
    late = NOW.replace(second=30)

    assert read_retry_after("Tue, 01 Dec 2026 09:01:00 GMT", date=date, now=late) == wait_s
