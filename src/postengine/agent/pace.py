"""How fast one phone may go on, so that a runaway app or a stolen token cannot take the service down.

It is kept in the memory of each process: with n processes up to n times as much passes.
"""

from __future__ import annotations

import math
import threading
from http import HTTPStatus

from postengine.clock import Clock

from .responses import Refusal

_MOST_KEYS = 10_000
_ROUNDING_S = 1e-6


class Pace:
    """Lets `most` things pass in a window, for each key; what was not used up is not saved for later.

    Args:
        clock: Measures the window.
        most: Things that pass at once, or evenly over the window.
        window_s: Length of the window in seconds.
        what: What is limited, for the refusal, such as `events`.

    Source: the generic cell rate algorithm; one number is kept for each key.
    """

    def __init__(self, clock: Clock, *, most: int, window_s: float, what: str) -> None:
        self._clock = clock
        self._most = most
        self._window_s = window_s
        self._what = what
        self._full_until: dict[str, float] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many keys are remembered."""
        return len(self._full_until)

    def take(self, key: str, count: int = 1) -> None:
        """Let `count` things pass for `key`.

        Raises:
            Refusal: 429, with the wait until they may pass; none of them has passed.
        """
        now = self._clock.monotonic()
        with self._lock:
            self._tidy(now)
            until = max(self._full_until.get(key, now), now) + count * self._window_s / self._most
            if until - now > self._window_s + _ROUNDING_S:
                raise self._too_fast(until - now - self._window_s)
            self._full_until[key] = until

    def _tidy(self, now: float) -> None:
        if len(self._full_until) >= _MOST_KEYS:
            self._full_until = {key: until for key, until in self._full_until.items() if until > now}

    def _too_fast(self, wait_s: float) -> Refusal:
        seconds = max(1, math.ceil(wait_s))
        detail = f"too many {self._what}: {self._most} in {self._window_s:.0f} s may pass; wait {seconds} s"
        headers = {"Retry-After": str(seconds)}
        return Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", detail, headers=headers)
