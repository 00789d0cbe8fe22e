"""Row 8: each message is delivered twice, and in another order."""

from __future__ import annotations

from benchmarks.matrix.house import Node
from benchmarks.matrix.play import usual_nodes
from benchmarks.matrix.row import Nemesis, Row
from benchmarks.matrix.twists import Twists


def _nodes() -> list[Node]:
    nodes = usual_nodes()
    for node in nodes:
        node.twists = Twists(doubles_messages=True)
    return nodes


ROW = Row(
    number=8,
    name="messages",
    does="each queue message is sent twice, shuffled, half of the second ones only with the next lot",
    nemesis=Nemesis,
    nodes=_nodes,
)
