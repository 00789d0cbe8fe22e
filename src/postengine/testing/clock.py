"""A clock that moves only when it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until `advance`; a sleep advances it.

    Args:
        start: The first instant, aware.
    """

    def __init__(self, start: datetime = _START) -> None:
        self._now = start
        self._elapsed_s = 0.0
        self.slept: list[timedelta] = []

    def now(self) -> datetime:
        """Return the instant at which the clock stands."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds by which the clock was moved forward so far."""
        return self._elapsed_s

    def sleep(self, span: timedelta) -> None:
        """Note `span` in `slept` and move on by it."""
        self.slept.append(span)
        self.advance(span)

    def advance(self, span: timedelta) -> None:
        """Move on by `span`, which is not negative."""
        self._now += span
        self._elapsed_s += span.total_seconds()

    def set(self, instant: datetime) -> None:
        """Jump to `instant`, as a clock does that is corrected; `monotonic` does not move."""
        self._now = instant
