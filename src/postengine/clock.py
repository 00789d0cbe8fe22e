"""Time as an argument: a `Clock` is handed in, so that tests and simulations move it themselves."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, measures spans and waits."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds on a clock that never jumps; only differences mean something."""
        ...

    def sleep(self, span: timedelta) -> None:
        """Wait for `span`."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the machine's current instant in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()

    def sleep(self, span: timedelta) -> None:
        """Block this thread for `span`."""
        time.sleep(max(span.total_seconds(), 0.0))
