"""Row 6: a worker is stopped in the middle of a promotion, past its lease and the due time, and goes on."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from benchmarks.matrix.house import Node
from benchmarks.matrix.row import Nemesis, Row
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Attempt, Verb

_SLOW = {"kind": "slow", "path": "/status$", "times": None, "delay_s": 0.6}
_LEASES = 2.5
_TO_ACT_IN = 4
"""Leases before the post's date: whoever takes it over still has time to do harm."""
_AT_ONCE = 2
_STOPPED_WITHIN_S = 0.05
_PAST_DUE = timedelta(seconds=1)


class Freezer(Nemesis):
    """Freezes whoever waits for the answer to a promotion, until its lease and the post's date are past."""

    every_s = 0.05

    def __init__(self) -> None:
        self._frozen: dict[str, tuple[Node, datetime]] = {}
        self._hits = 0

    def begin(self) -> None:
        """Slow promotions down, so that some are under way at any moment."""
        self.house.postiz.add_fault(**_SLOW)

    def act(self) -> None:
        """Thaw who has been frozen long enough; freeze a worker that promotes just now."""
        now = self.house.ports.store.now()
        for node, until in list(self._frozen.values()):
            if now >= until:
                self._thaw(node)
        promotions = self._promotions() if len(self._frozen) < _AT_ONCE else {}
        in_time = now + _TO_ACT_IN * self.house.settings.timings.lease
        for node in self.house.only("worker-distribution"):
            if node.name not in self._frozen and promotions.get(node.pid, now) > in_time:
                self._freeze(node, now)
                return

    def end(self) -> None:
        """Thaw all."""
        for node, _ in list(self._frozen.values()):
            self._thaw(node)

    def spared(self) -> list[str]:
        """Tell if it never came at the right moment."""
        return [] if self._hits else ["no worker was frozen in the middle of a promotion"]

    def _freeze(self, node: Node, now: datetime) -> None:
        """Freeze it, unless it was quick enough to write the answer down, or nobody could take over.

        That is so where it stands in a transaction of SQLite's, which has one writer at a time.
        """
        self.house.freeze(node)
        time.sleep(_STOPPED_WITHIN_S)
        due_at = self._promotions().get(node.pid)
        if due_at is None or not self.house.database.is_free():
            self.house.thaw(node)
            return
        self._hits += 1
        until = max(now + self.house.settings.timings.lease * _LEASES, due_at + _PAST_DUE)
        self._frozen[node.name] = (node, until)

    def _thaw(self, node: Node) -> None:
        self.house.thaw(node)
        del self._frozen[node.name]

    def _promotions(self) -> dict[int | None, datetime]:
        """Return who waits for the answer to a promotion, with the latest date of the posts concerned."""
        with self.house.reading() as tx:
            asked = {
                one.delivery_id: one.fence
                for one in tx.find(Attempt, {"verb": Verb.PROMOTE, "outcome": None})
            }
            rows = tx.find(Delivery, {"id": tuple(asked), "taken": True}, order_by="due_at") if asked else []
        return {
            int((row.lease_owner or ":0").rsplit(":", 1)[1]): row.due_at
            for row in rows
            if row.fence == asked[row.id]
        }


ROW = Row(
    number=6,
    name="frozen",
    does="workers are SIGSTOPped in mid-promote, for two and a half leases and past the due time",
    nemesis=Freezer,
    timings={"promote_lead": timedelta(seconds=20)},
)
