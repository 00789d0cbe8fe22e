"""Row 3: the queue is killed three times, and forgets everything once, while posts are under way."""

from __future__ import annotations

import time

from benchmarks.matrix.row import Nemesis, Row

_AWAY_S = 0.8


class QueueBreaker(Nemesis):
    """Kills Valkey, begins it empty a moment later, and has it forget everything in between."""

    times = 4

    def __init__(self) -> None:
        self._acts = 0

    def act(self) -> None:
        """Kill it, or let it forget the second time."""
        self._acts += 1
        if self._acts == 2:
            self.house.queue.forget()
            return
        self.house.queue.kill()
        time.sleep(_AWAY_S)
        self.house.queue.begin()


ROW = Row(
    number=3,
    name="redis",
    does="the queue gets a SIGKILL three times and comes back empty, and a FLUSHALL once",
    nemesis=QueueBreaker,
)
