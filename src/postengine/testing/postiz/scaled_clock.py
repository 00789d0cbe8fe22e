"""A clock that runs faster than real time, for programs that live through days in minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from postengine.clock import Clock, SystemClock


class ScaledClock:
    """Runs `speed` times as fast as another clock; a sleep on it is shorter by as much.

    Two programs that are given the same `real_start` and `start` show the same time.

    Args:
        speed: More than 0; 60 makes a minute of each second.
        start: What it shows at `real_start`; the same instant unless given.
        real_start: An instant of `real`; now unless given.
        real: The clock behind it.
    """

    def __init__(
        self,
        speed: float,
        start: datetime | None = None,
        *,
        real_start: datetime | None = None,
        real: Clock | None = None,
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed is more than 0, not {speed}")
        self.speed = speed
        self._real = real or SystemClock()
        self._real_start = real_start or self._real.now()
        self._start = start or self._real_start

    def now(self) -> datetime:
        """Return the instant that it shows, in UTC."""
        return self._start + (self._real.now() - self._real_start) * self.speed

    def monotonic(self) -> float:
        """Return seconds that pass as fast."""
        return self._real.monotonic() * self.speed

    def sleep(self, span: timedelta) -> None:
        """Block this thread until `span` has passed on this clock."""
        self._real.sleep(span / self.speed)
