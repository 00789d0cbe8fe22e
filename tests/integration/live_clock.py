"""A clock for engines whose database judges by its own."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from postengine.testing.clock import FakeClock


class LiveClock(FakeClock):
    """The machine's clock, as the database has it; moving it on is waiting."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()

    def advance(self, span: timedelta) -> None:
        """Wait for `span`."""
        time.sleep(max(span.total_seconds(), 0.0))
