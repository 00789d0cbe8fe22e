"""What is to happen later, in the order of its time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

from postengine.clock import Clock


class Agenda:
    """Runs what is due when it is asked to; nothing runs by itself.

    Args:
        clock: True time.
        skew: By how much the server's clock is ahead of it.
    """

    def __init__(self, clock: Clock, skew: timedelta) -> None:
        self._clock = clock
        self.skew = skew
        self._entries: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0
        self._at: datetime | None = None

    @property
    def true_now(self) -> datetime:
        """The instant of what is being run, else the clock's."""
        return self._at or self._clock.now()

    @property
    def server_now(self) -> datetime:
        """The same on the server's clock."""
        return self.true_now + self.skew

    def after(self, span: timedelta, action: Callable[[], None]) -> None:
        """Do `action` once `span` has passed; not before what is due earlier or was asked for earlier."""
        self._count += 1
        heapq.heappush(self._entries, (self.true_now + max(span, timedelta()), self._count, action))

    def at_server_time(self, instant: datetime, action: Callable[[], None]) -> None:
        """Do `action` when the server's clock shows `instant`, at once if it has passed."""
        self.after(instant - self.server_now, action)

    def run_due(self) -> None:
        """Do everything that is due, and what becomes due by it."""
        while self._entries and self._entries[0][0] <= self._clock.now():
            at, _, action = heapq.heappop(self._entries)
            self._at = at
            try:
                action()
            finally:
                self._at = None
