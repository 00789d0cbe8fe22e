"""How long to wait before a message is sent again, and when that is no longer worth it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from postengine.retry_after import MAX_WAIT_S

from .outcome import Expired, RetryAt

BUSY_WAIT_S = 60.0
OUTAGE_WAIT_S = 10.0
_MOST_DOUBLINGS = 16


@dataclass(frozen=True)
class Patience:
    """One try among several.

    Attributes:
        now: When the answer came; aware, UTC.
        attempt: Which try it was, from 1.
        chance: From 0 to 1, drawn anew each time: how far to wait beyond the shortest wait, so that those
            who failed together do not come back together.
        until: The message has lost its sense from here on; None for never.

    Raises:
        ValueError: Tries are counted from 1.

    Source: firebase.google.com, Scale your FCM sends (429: what Retry-After says, else a minute; 5xx:
    doubled each time with jitter, at least 10 s, at most an hour), read November 2026.
    """

    now: datetime
    attempt: int = 1
    chance: float = 0.0
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.attempt < 1:
            raise ValueError(f"attempt: expected 1 for the first try, got {self.attempt}")

    def after_busy(self, reason: str, *, asked_s: float | None) -> RetryAt | Expired:
        """Wait as a 429 asks, or a minute and ever longer; nothing was done.

        Args:
            reason: For the log.
            asked_s: What Retry-After said, in seconds.
        """
        wait_s = self._doubled(BUSY_WAIT_S, most_s=MAX_WAIT_S) if asked_s is None else asked_s
        return self._after(wait_s, reason, may_have_happened=False)

    def after_outage(
        self, reason: str, *, asked_s: float | None = None, may_have_happened: bool
    ) -> RetryAt | Expired:
        """Wait ever longer, and no less than a 5xx asks.

        Args:
            reason: For the log.
            asked_s: What Retry-After said, in seconds.
            may_have_happened: The message may have gone out nevertheless.
        """
        shortest_s = self._doubled(OUTAGE_WAIT_S, most_s=MAX_WAIT_S / 2)
        wait_s = max(shortest_s * (1.0 + self.chance), asked_s or 0.0)
        return self._after(wait_s, reason, may_have_happened=may_have_happened)

    def _doubled(self, first_s: float, *, most_s: float) -> float:
        return min(first_s * float(1 << min(self.attempt - 1, _MOST_DOUBLINGS)), most_s)

    def _after(self, wait_s: float, reason: str, *, may_have_happened: bool) -> RetryAt | Expired:
        at = self.now + timedelta(seconds=wait_s)
        if self.until is not None and at >= self.until:
            return Expired(f"{reason}; the next try would come too late", may_have_happened)
        return RetryAt(at, wait_s, reason, may_have_happened)
