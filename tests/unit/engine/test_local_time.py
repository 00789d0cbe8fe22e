"""Local times and zones."""

from __future__ import annotations

import pytest

from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.local_time import load_zone, resolve


@pytest.mark.parametrize(
    ("local_time", "zone", "expected"),
    [
        ("2026-12-01T18:00", "Europe/Lisbon", "2026-12-01T18:00:00+00:00"),
        ("2026-07-01T18:00", "Europe/Lisbon", "2026-07-01T17:00:00+00:00"),
        ("2026-12-01T18:00+05:30", "Europe/Lisbon", "2026-12-01T12:30:00+00:00"),
        ("2026-12-01T18:00Z", "America/New_York", "2026-12-01T18:00:00+00:00"),
        ("2026-10-25T01:30", "Europe/Lisbon", "2026-10-25T00:30:00+00:00"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00+00:00"),
        ("2026-12-01", "UTC", "2026-12-01T00:00:00+00:00"),
    ],
)
def test_resolve(local_time: str, zone: str, expected: str) -> None:
    assert resolve(local_time, zone).isoformat() == expected


@pytest.mark.parametrize(
    ("local_time", "zone", "field", "code"),
    [
        ("2026-03-29T01:30", "Europe/Lisbon", "scheduled_at", "nonexistent_time"),
        ("2026-03-08T02:30", "America/New_York", "scheduled_at", "nonexistent_time"),
        ("noon", "UTC", "scheduled_at", "not_a_time"),
        ("0001-01-01T00:00+14:00", "UTC", "scheduled_at", "not_a_time"),
        ("0001-01-01T00:00", "Asia/Tokyo", "scheduled_at", "not_a_time"),
        ("9999-12-31T23:00", "America/New_York", "scheduled_at", "not_a_time"),
        ("2026-12-01T18:00", "Mars/Base", "zone", "unknown_zone"),
        ("2026-12-01T18:00", "../etc/passwd", "zone", "unknown_zone"),
        ("2026-12-01T18:00", "Europe", "zone", "unknown_zone"),
        ("2026-12-01T18:00", "", "zone", "unknown_zone"),
    ],
)
def test_what_cannot_be_resolved_is_told(local_time: str, zone: str, field: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        resolve(local_time, zone)

    assert [(problem.field, problem.code) for problem in caught.value.problems] == [(field, code)]


def test_the_field_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        load_zone("x", "agent.zone")

    assert caught.value.problems[0].field == "agent.zone"
