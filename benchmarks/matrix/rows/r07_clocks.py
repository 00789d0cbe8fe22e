"""Row 7: one node's clock is an hour ahead and another's an hour behind; Postiz's is two minutes off."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.matrix.house import Node
from benchmarks.matrix.play import SCALE, usual_nodes
from benchmarks.matrix.row import Nemesis, Row
from benchmarks.matrix.twists import Twists

_HOUR_S = 3600.0
_POSTIZ_OFF_S = 120.0 / SCALE
_OFF = {"cron-1": _HOUR_S, "worker-1": _HOUR_S, "cron-2": -_HOUR_S, "worker-2": -_HOUR_S}


class WrongClock(Nemesis):
    """Sets Postiz's clock ahead or behind, as the seed says."""

    def started(self) -> None:
        """Set it."""
        off_s = self.house.chance.choice((-_POSTIZ_OFF_S, _POSTIZ_OFF_S))
        self.house.postiz.ask("POST", "skew", {"seconds": off_s})


def _nodes() -> list[Node]:
    nodes = usual_nodes()
    for node in nodes:
        node.twists = Twists(clock_off_s=_OFF.get(node.name, 0.0))
    return nodes


ROW = Row(
    number=7,
    name="clocks",
    does="a cron and a worker run an hour ahead, two others an hour behind; Postiz two minutes (scaled) off",
    nemesis=WrongClock,
    nodes=_nodes,
    timings={"skew_limit": timedelta(seconds=2)},
)
