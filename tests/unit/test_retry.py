"""Trying again: only what says that it may be, and never longer than a thread may sleep."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postengine.errors import PostEngineError
from postengine.retry import retrying
from postengine.testing.clock import FakeClock


class Busy(PostEngineError):
    """May be tried again."""

    retryable = True

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__("busy")
        self.retry_after = retry_after


class Broken(PostEngineError):
    """May not."""


def _failing(*errors: Exception) -> tuple[Callable[[], str], list[int]]:
    """Return a call that raises `errors` in turn and then succeeds, and the list of its calls."""
    left = list(errors)
    calls: list[int] = []

    def call() -> str:
        calls.append(1)
        if left:
            raise left.pop(0)
        return "done"

    return call, calls


def test_what_succeeds_is_called_once() -> None:
    clock = FakeClock()
    call, calls = _failing()

    assert retrying(call, clock=clock) == "done"
    assert (len(calls), clock.slept) == (1, [])


def test_what_is_busy_is_called_again_after_a_wait() -> None:
    clock = FakeClock()
    call, calls = _failing(Busy(), Busy())

    assert retrying(call, clock=clock) == "done"
    assert len(calls) == 3
    assert len(clock.slept) == 2
    assert all(0 <= span.total_seconds() <= 5 for span in clock.slept)


def test_the_last_error_is_raised_unchanged() -> None:
    errors = [Busy(), Busy(), Busy()]
    call, calls = _failing(*errors)

    with pytest.raises(Busy) as caught:
        retrying(call, clock=FakeClock())

    assert caught.value is errors[-1]
    assert len(calls) == 3


@pytest.mark.parametrize("error", [Broken("no"), ValueError("no"), Busy(retry_after=5.1)])
def test_what_may_not_be_repeated_or_asks_for_too_long_goes_to_the_caller(error: Exception) -> None:
    clock = FakeClock()
    call, calls = _failing(error)

    with pytest.raises(type(error)):
        retrying(call, clock=clock)

    assert (len(calls), clock.slept) == (1, [])


def test_a_wait_that_was_asked_for_is_kept() -> None:
    clock = FakeClock()
    call, _ = _failing(Busy(retry_after=4.0))

    retrying(call, clock=clock)

    assert clock.slept[0].total_seconds() >= 4.0


def test_no_call_begins_after_the_total_time() -> None:
    clock = FakeClock()
    call, calls = _failing(*(Busy(retry_after=4.0) for _ in range(10)))

    with pytest.raises(Busy):
        retrying(call, clock=clock, tries=10, total_s=10.0)

    assert len(calls) == 3


def test_the_caller_may_say_what_is_worth_another_call() -> None:
    call, calls = _failing(Broken("broken"))

    assert retrying(call, clock=FakeClock(), is_worth_it=lambda error: isinstance(error, Broken)) == "done"
    assert len(calls) == 2
