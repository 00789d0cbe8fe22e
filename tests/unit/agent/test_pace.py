"""How fast one key may go on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.agent.pace import Pace
from postengine.agent.responses import Refusal
from postengine.testing.clock import FakeClock


def _wait_s(pace: Pace, key: str, count: int = 1) -> int:
    """Return what it asks to wait; 0 where it lets pass."""
    try:
        pace.take(key, count)
    except Refusal as refusal:
        return int(refusal.headers["Retry-After"])
    return 0


def test_so_many_pass_at_once_and_then_one_after_the_other() -> None:
    clock = FakeClock()
    pace = Pace(clock, most=6, window_s=60, what="events")

    assert [_wait_s(pace, "a") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    clock.advance(timedelta(seconds=10))
    assert [_wait_s(pace, "a"), _wait_s(pace, "a")] == [0, 10]
    clock.advance(timedelta(seconds=600))
    assert [_wait_s(pace, "a") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]


def test_many_pass_together_or_not_at_all() -> None:
    pace = Pace(FakeClock(), most=6, window_s=60, what="events")

    assert [_wait_s(pace, "a", 4), _wait_s(pace, "a", 4), _wait_s(pace, "a", 2)] == [0, 20, 0]


def test_more_than_ever_passes_is_refused_at_once() -> None:
    assert _wait_s(Pace(FakeClock(), most=6, window_s=60, what="events"), "a", 7) == 10


def test_each_key_goes_its_own_pace() -> None:
    pace = Pace(FakeClock(), most=1, window_s=60, what="events")

    assert [_wait_s(pace, "a"), _wait_s(pace, "b"), _wait_s(pace, "a")] == [0, 0, 60]


def test_keys_that_are_at_rest_take_no_room() -> None:
    clock = FakeClock()
    pace = Pace(clock, most=1, window_s=1, what="events")
    for number in range(10_000):
        pace.take(str(number))
    clock.advance(timedelta(seconds=2))
    pace.take("one more")

    assert pace.size == 1


def test_the_refusal_says_what_is_limited() -> None:
    pace = Pace(FakeClock(), most=5, window_s=60, what="test notifications")

    with pytest.raises(Refusal, match="too many test notifications: 5 in 60 s may pass; wait 12 s"):
        pace.take("a", 6)
