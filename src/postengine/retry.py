"""Trying again, in one place: the only import of tenacity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import tenacity

from postengine.clock import Clock
from postengine.errors import PostEngineError

T = TypeVar("T")


def retrying(
    call: Callable[[], T],
    *,
    clock: Clock,
    tries: int = 3,
    first_wait_s: float = 0.2,
    longest_wait_s: float = 5.0,
) -> T:
    """Call `call` until it succeeds, up to `tries` times, waiting longer (with jitter) each time.

    Only errors that say `retryable` are tried again. One that asks for more than `longest_wait_s` goes to the
    caller, who can plan better than a sleeping thread.

    Args:
        call: What to do; it must be safe to repeat.
        clock: Waits are slept on it.
        tries: The most calls in all, at least 1.
        first_wait_s: Mean wait before the second call, in seconds; doubled for each further one.
        longest_wait_s: No wait is longer, in seconds.

    Raises:
        PostEngineError: The last one, unchanged.
    """
    backoff = tenacity.wait_random_exponential(multiplier=first_wait_s, max=longest_wait_s)

    def is_worth_it(error: BaseException) -> bool:
        return (
            isinstance(error, PostEngineError)
            and error.retryable
            and (error.retry_after or 0.0) <= longest_wait_s
        )

    def wait(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, PostEngineError) else None
        return max(backoff(state), asked or 0.0)

    retry = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(tries),
        wait=wait,
        retry=tenacity.retry_if_exception(is_worth_it),
        sleep=lambda seconds: clock.sleep(timedelta(seconds=seconds)),
        reraise=True,
    )
    return retry(call)
