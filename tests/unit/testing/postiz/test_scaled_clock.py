"""A clock that runs faster than the one behind it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from postengine.testing.clock import FakeClock
from postengine.testing.postiz import ScaledClock

NEW_YEAR = datetime(2030, 1, 1, tzinfo=UTC)


def test_an_hour_passes_in_a_minute(clock: FakeClock) -> None:
    scaled = ScaledClock(60, NEW_YEAR, real=clock)
    before = scaled.monotonic()

    clock.advance(timedelta(minutes=1))

    assert scaled.now() == NEW_YEAR + timedelta(hours=1)
    assert scaled.monotonic() - before == 3600


def test_a_sleep_is_shorter_by_as_much(clock: FakeClock) -> None:
    scaled = ScaledClock(60, real=clock)

    scaled.sleep(timedelta(hours=1))

    assert clock.slept == [timedelta(minutes=1)]
    assert scaled.now() == clock.now() + timedelta(minutes=59)


def test_two_clocks_of_one_start_agree(clock: FakeClock) -> None:
    start = clock.now()
    early = ScaledClock(60, NEW_YEAR, real_start=start, real=clock)
    clock.advance(timedelta(seconds=7))

    late = ScaledClock(60, NEW_YEAR, real_start=start, real=clock)

    assert early.now() == late.now()


def test_a_clock_does_not_stand_still() -> None:
    with pytest.raises(ValueError, match="more than 0, not 0"):
        ScaledClock(0)
