"""The hourly budget of `POST /posts`, so that the request that would be answered 429 is never sent.

Going over the limit blocks the whole account for an hour, whatever was left of the window. So it is counted
here: limit, what is left and the end of the window are learned from each counted answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from postengine.clock import Clock, SystemClock

from .rate_limit import RateLimit

# What Postiz's own compose file ships; assumed until an answer names the limit.
_ASSUMED_LIMIT = 30
_WINDOW_S = 3600.0
# The header counts whole seconds.
_ROUNDING_S = 1.0
# How long a tenant that was refused keeps its turn after its wait is over.
_TURN_KEPT_S = 60.0
_NEXT_LOOK_S = 1.0


class Budget(Protocol):
    """Grants requests. Each one granted is settled once, whatever became of it. Never blocks for long."""

    def take(self, account: str, tenant: str | None, *, is_due_now: bool) -> float:
        """Ask for one request.

        Args:
            account: Whose limit it is, one name for each API key.
            tenant: Who asks; tenants that share an account take turns when it is short.
            is_due_now: The post is due; a tenth of the limit is kept for such posts.

        Returns:
            0 if it is granted, else the seconds after which to ask again.
        """
        ...

    def settle(
        self,
        account: str,
        *,
        is_counted: bool,
        rate_limit: RateLimit | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Tell what became of a request that was granted.

        Args:
            account: As it was taken.
            is_counted: Postiz counted it, or may have; not so: 401, 413, malformed JSON, never sent.
            rate_limit: What the answer told.
            retry_after: Seconds of silence that a 429 asked for.
        """
        ...


@dataclass
class _Account:
    """What is known of one account. Times are monotonic seconds."""

    limit: int = _ASSUMED_LIMIT
    used: int = 0
    in_flight: int = 0
    ends_at: float | None = None
    silent_until: float = 0.0
    granted: int = 0
    last_turn: dict[str, int] = field(default_factory=dict[str, int])
    waiting: dict[str, tuple[float, bool]] = field(default_factory=dict[str, tuple[float, bool]])


class InMemoryBudget:
    """A budget for the threads and tasks of one process.

    Args:
        clock: Measures the windows.
        limit: Requests an hour, until the first answer names the limit.
    """

    def __init__(self, clock: Clock | None = None, *, limit: int = _ASSUMED_LIMIT) -> None:
        self._clock = clock or SystemClock()
        self._limit = limit
        self._accounts: dict[str, _Account] = {}
        self._lock = Lock()

    def take(self, account: str, tenant: str | None, *, is_due_now: bool) -> float:
        """Ask for one request, see `Budget`."""
        with self._lock:
            now = self._clock.monotonic()
            known = self._known(account, now)
            who = tenant or ""
            wait_s = _wait_s(known, who, now, is_due_now=is_due_now)
            if wait_s > 0:
                known.waiting[who] = (now + wait_s + _TURN_KEPT_S, is_due_now)
                return wait_s
            known.waiting.pop(who, None)
            known.granted += 1
            known.last_turn[who] = known.granted
            known.used += 1
            known.in_flight += 1
            if known.ends_at is None:
                known.ends_at = now + _WINDOW_S + _ROUNDING_S
            return 0.0

    def settle(
        self,
        account: str,
        *,
        is_counted: bool,
        rate_limit: RateLimit | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Tell what became of it, see `Budget`."""
        with self._lock:
            now = self._clock.monotonic()
            known = self._known(account, now)
            known.in_flight = max(known.in_flight - 1, 0)
            if not is_counted:
                known.used = max(known.used - 1, 0)
                if not known.used:
                    known.ends_at = None
            if rate_limit is not None:
                _learn(known, rate_limit, now)
            if retry_after is not None:
                known.silent_until = max(known.silent_until, now + retry_after + _ROUNDING_S)

    def _known(self, account: str, now: float) -> _Account:
        """Return what is known of `account`; a window or a turn that is over is forgotten."""
        known = self._accounts.setdefault(account, _Account(limit=self._limit))
        if known.ends_at is not None and now >= known.ends_at:
            known.ends_at = None
            known.used = known.in_flight
        for who in [who for who, (until, _) in known.waiting.items() if until <= now]:
            del known.waiting[who]
        return known


def _wait_s(known: _Account, who: str, now: float, *, is_due_now: bool) -> float:
    """Return 0, or the seconds that `who` has to wait: for silence, for the window, or for another's turn."""
    if now < known.silent_until:
        return known.silent_until - now
    kept = 0 if is_due_now else math.ceil(known.limit / 10)
    if known.limit - known.used - kept <= 0:
        ends_at = now + _WINDOW_S if known.ends_at is None else known.ends_at
        return ends_at - now
    own_turn = known.last_turn.get(who, 0)
    is_anothers = any(
        other != who and known.last_turn.get(other, 0) < own_turn and (other_is_due or not is_due_now)
        for other, (_, other_is_due) in known.waiting.items()
    )
    return _NEXT_LOOK_S if is_anothers else 0.0


def _learn(known: _Account, told: RateLimit, now: float) -> None:
    """Believe the answer where it knows of more requests than we do: other programs may use the same key."""
    ends_at = now + told.reset_s + _ROUNDING_S
    used = told.limit - told.remaining + known.in_flight
    is_new_window = known.ends_at is None or ends_at > known.ends_at + 2 * _ROUNDING_S
    known.limit = told.limit
    known.used = used if is_new_window else max(known.used, used)
    known.ends_at = ends_at
