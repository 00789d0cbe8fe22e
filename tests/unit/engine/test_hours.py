"""Hours of a week, across midnight, weekends and changes of the clocks."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from postengine.engine.posts.hours import WeeklyHours, Window

OFFICE = WeeklyHours(tuple(Window(day, time(9), time(18)) for day in range(5)))
NIGHT = WeeklyHours((Window(4, time(22), time(2)),))
WHOLE_DAY = WeeklyHours((Window(6, time(0), time(0)),))


@pytest.mark.parametrize(
    ("hours", "zone", "instant", "expected"),
    [
        (OFFICE, "UTC", "2026-12-01T10:00+00:00", "2026-12-01T10:00+00:00"),
        (OFFICE, "UTC", "2026-12-01T09:00+00:00", "2026-12-01T09:00+00:00"),
        (OFFICE, "UTC", "2026-12-01T18:00+00:00", "2026-12-02T09:00+00:00"),
        (OFFICE, "UTC", "2026-12-04T20:00+00:00", "2026-12-07T09:00+00:00"),
        (OFFICE, "America/New_York", "2026-12-01T10:00+00:00", "2026-12-01T14:00+00:00"),
        (NIGHT, "UTC", "2026-12-05T01:00+00:00", "2026-12-05T01:00+00:00"),
        (NIGHT, "UTC", "2026-12-05T02:00+00:00", "2026-12-11T22:00+00:00"),
        (WHOLE_DAY, "UTC", "2026-12-06T23:59+00:00", "2026-12-06T23:59+00:00"),
        (WHOLE_DAY, "UTC", "2026-12-07T00:00+00:00", "2026-12-13T00:00+00:00"),
        (OFFICE, "Europe/Lisbon", "2027-03-26T20:00+00:00", "2027-03-29T08:00+00:00"),
    ],
)
def test_next_open(hours: WeeklyHours, zone: str, instant: str, expected: str) -> None:
    assert hours.next_open(datetime.fromisoformat(instant), zone) == datetime.fromisoformat(expected)


def test_without_a_window_it_never_opens() -> None:
    assert WeeklyHours(()).next_open(datetime.fromisoformat("2026-12-01T10:00+00:00"), "UTC") is None
