"""Row 10: three posts kill each process that works on them; they are quarantined, and the others go out."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.matrix.count import deliveries
from benchmarks.matrix.house import Node
from benchmarks.matrix.play import usual_nodes
from benchmarks.matrix.row import Nemesis, Row
from benchmarks.matrix.twists import Twists
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.states import HoldReason

_WORD = "deadly"
_DEADLY = 3
_CRASHES = 5
"""At least so many processes died: one may take two of the posts with it."""


class Suicide(Nemesis):
    """Looks afterwards whether those three were quarantined, and they alone."""

    def found(self) -> list[str]:
        """Tell of whom it was not so."""
        deadly = set(self.load.post_ids[:_DEADLY])
        with self.house.ports.store.transaction() as tx:
            held = tx.find(Hold, {"reason": HoldReason.QUARANTINED, "released_at": None})
        held_ids = {hold.scope_id for hold in held}
        rows = deliveries(self.house.ports)
        return [
            f"{row.id} ({'deadly' if row.post_id in deadly else 'innocent'}) is {row.state}, "
            f"{'quarantined' if row.id in held_ids else 'not quarantined'}"
            for row in rows
            if (row.post_id in deadly) is not (row.id in held_ids)
        ]

    def spared(self) -> list[str]:
        """Tell if too few workers died."""
        deaths = sum(node.begun - 1 for node in self.house.only("worker-distribution"))
        return [f"only {deaths} workers died"] if deaths < _CRASHES else []


def _nodes() -> list[Node]:
    nodes = usual_nodes()
    for node in nodes:
        node.twists = Twists(dies_of=_WORD)
    return nodes


ROW = Row(
    number=10,
    name="suicide",
    does="three posts SIGKILL each worker that is about to send them",
    nemesis=Suicide,
    nodes=_nodes,
    words={_WORD: _DEADLY},
    timings={"backoff_max": timedelta(seconds=3)},
)
