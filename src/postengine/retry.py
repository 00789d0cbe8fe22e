"""Trying again, in one place: the only import of tenacity."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import tenacity

from postengine.clock import Clock
from postengine.errors import PostEngineError

T = TypeVar("T")
Worth = Callable[[PostEngineError], bool]


def says_retryable(error: PostEngineError) -> bool:
    """Tell whether `error` itself says that the same request may be made again."""
    return error.retryable


def retrying(
    call: Callable[[], T],
    *,
    clock: Clock,
    tries: int = 3,
    first_wait_s: float = 0.2,
    longest_wait_s: float = 5.0,
    total_s: float | None = None,
    is_worth_it: Worth = says_retryable,
) -> T:
    """Call `call` until it succeeds, up to `tries` times, waiting longer (with jitter) each time.

    One that asks for more than `longest_wait_s` goes to the caller, who plans better than a sleeping thread.

    Args:
        call: What to do; it must be safe to repeat after every error that `is_worth_it`.
        clock: Waits are slept on it.
        tries: The most calls in all, at least 1.
        first_wait_s: Mean wait before the second call, in seconds; doubled for each further one.
        longest_wait_s: No wait is longer, in seconds.
        total_s: No further call begins later than this after the first one, in seconds; None is no limit.
        is_worth_it: Which errors are tried again; those that say `retryable`, unless told otherwise.

    Raises:
        PostEngineError: The last one, unchanged.
    """
    rules = _Rules(clock, clock.monotonic(), tries, first_wait_s, longest_wait_s, total_s, is_worth_it)
    retry = tenacity.Retrying(
        stop=rules.is_over,
        wait=rules.wait_s,
        retry=tenacity.retry_if_exception(rules.is_worth_another),
        sleep=lambda seconds: clock.sleep(timedelta(seconds=seconds)),
        reraise=True,
    )
    return retry(call)


async def retrying_async(
    call: Callable[[], Awaitable[T]],
    *,
    clock: Clock,
    sleep: Callable[[float], Awaitable[None]],
    tries: int = 3,
    first_wait_s: float = 0.2,
    longest_wait_s: float = 5.0,
    total_s: float | None = None,
    is_worth_it: Worth = says_retryable,
) -> T:
    """Await `call` until it succeeds; everything else is as in `retrying`.

    Args:
        call: What to await.
        clock: Measures the total; never slept on.
        sleep: Waits for so many seconds, such as `asyncio.sleep`.
        tries: As in `retrying`.
        first_wait_s: As in `retrying`.
        longest_wait_s: As in `retrying`.
        total_s: As in `retrying`.
        is_worth_it: As in `retrying`.

    Raises:
        PostEngineError: The last one, unchanged.
    """
    rules = _Rules(clock, clock.monotonic(), tries, first_wait_s, longest_wait_s, total_s, is_worth_it)

    async def attempt() -> T:  # tenacity awaits only what it sees to be a coroutine function
        return await call()

    retry = tenacity.AsyncRetrying(
        stop=rules.is_over,
        wait=rules.wait_s,
        retry=tenacity.retry_if_exception(rules.is_worth_another),
        sleep=sleep,
        reraise=True,
    )
    return await retry(attempt)


@dataclass(frozen=True)
class _Rules:
    """When to try again, and after how long; told once for threads and for tasks."""

    clock: Clock
    started: float
    tries: int
    first_wait_s: float
    longest_wait_s: float
    total_s: float | None
    worth: Worth

    def is_worth_another(self, error: BaseException) -> bool:
        return (
            isinstance(error, PostEngineError)
            and self.worth(error)
            and (error.retry_after or 0.0) <= self.longest_wait_s
        )

    def wait_s(self, state: tenacity.RetryCallState) -> float:
        backoff = tenacity.wait_random_exponential(multiplier=self.first_wait_s, max=self.longest_wait_s)
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, PostEngineError) else None
        return max(backoff(state), asked or 0.0)

    def is_over(self, state: tenacity.RetryCallState) -> bool:
        if state.attempt_number >= self.tries:
            return True
        spent_s = self.clock.monotonic() - self.started + state.upcoming_sleep
        return self.total_s is not None and spent_s > self.total_s
