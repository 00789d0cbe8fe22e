"""Row 1: a worker or a scheduler gets a SIGKILL each second, until all is done."""

from __future__ import annotations

from benchmarks.matrix.row import Nemesis, Row

_SLOW = {"kind": "slow", "path": "/public/v1/posts", "times": None, "probability": 0.3, "delay_s": 0.4}


class Killer(Nemesis):
    """Kills one at random; requests take a while, so that some are under way when it strikes."""

    acts_to_the_end = True

    def begin(self) -> None:
        """Slow Postiz down."""
        self.house.postiz.add_fault(**_SLOW)

    def act(self) -> None:
        """Kill."""
        self.house.kill(self.house.chance.choice(self.house.only("worker", "cron")))


ROW = Row(
    number=1,
    name="kill",
    does="a random worker or scheduler gets a SIGKILL each second, until all is done",
    nemesis=Killer,
)
