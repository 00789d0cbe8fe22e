"""The machine's clock, and the one that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from postengine.clock import SystemClock
from postengine.testing.clock import FakeClock


def test_the_machines_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)

    now = SystemClock().now()

    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_the_machines_monotonic_never_goes_back() -> None:
    clock = SystemClock()

    assert clock.monotonic() <= clock.monotonic()


def test_a_negative_sleep_is_none() -> None:
    SystemClock().sleep(timedelta(seconds=-1))


def test_the_fake_stands_still_until_it_is_moved() -> None:
    clock = FakeClock()
    start = clock.now()

    clock.advance(timedelta(seconds=3))
    clock.sleep(timedelta(seconds=2))

    assert clock.now() - start == timedelta(seconds=5)
    assert clock.monotonic() == 5.0
    assert clock.slept == [timedelta(seconds=2)]


def test_a_corrected_fake_does_not_move_its_monotonic() -> None:
    clock = FakeClock()

    clock.set(datetime(2030, 1, 1, tzinfo=UTC))

    assert clock.now().year == 2030
    assert clock.monotonic() == 0.0
