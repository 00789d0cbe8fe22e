"""Row 14: the database goes back to an older dump, and a copy of it is started elsewhere."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.matrix.house import Node
from benchmarks.matrix.row import Nemesis, Row
from benchmarks.matrix.servers import Database
from postengine.adapters.stores.sql import open_store
from postengine.engine.ports import Above
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.record import Attempt, Verb
from postengine.engine.posts.states import HoldReason
from reference_app.identity import adopt

_OLD_S = 12.0
"""The dump's age at least: a service counts its own age every ten seconds."""
_HELD_FOR_S = 4.0
_SENDING = (Verb.CREATE, Verb.PROMOTE, Verb.PUSH)


class TimeMachine(Nemesis):
    """Dumps, lets a copy run elsewhere, restores, looks that nothing is sent, and lets a person adopt it."""

    times = 2

    def __init__(self) -> None:
        self._copy: Database | None = None
        self._copied_at = datetime.min.replace(tzinfo=UTC)
        self._elsewhere: list[Node] = []
        self._wrong: list[str] = []

    def act(self) -> None:
        """Dump, and start a copy; then restore."""
        if self._copy is not None:
            self._restore()
            return
        self.house.database.dump(self.house.folder / "dump")
        self._begin_elsewhere()

    def end(self) -> None:
        """End the copy."""
        for node in self._elsewhere:
            self.house.kill(node)

    def found(self) -> list[str]:
        """Tell what was sent that should not have been."""
        if self._copy is not None:
            store = open_store(self._copy.url)
            with store.transaction() as tx:
                sent = tx.count(Attempt, {"verb": _SENDING, "opened_at": Above(self._copied_at)})
            store.engine.dispose()
            if sent:
                self._wrong.append(f"the copy elsewhere began to send {sent} times")
        return self._wrong

    def _begin_elsewhere(self) -> None:
        """Start a copy with a cron and a worker, a folder and a queue of its own."""
        self._copy = self.house.database.copied(self.house.folder / "dump")
        self._copied_at = self.house.ports.store.now()
        settings = self.house.settings.model_copy(
            update={
                "database_url": self._copy.url,
                "data_dir": self.house.folder / "elsewhere",
                "redis_url": self.house.queue.url.removesuffix("0") + "1",
            }
        )
        for role in ("cron", "worker-distribution"):
            node = Node(f"{role} elsewhere", role)
            self.house.begin(node, **settings.environment())
            self._elsewhere.append(node)

    def _restore(self) -> None:
        """Go back, see that all is held, and adopt it as the operator does."""
        house = self.house
        age_s = (house.ports.store.now() - self._copied_at).total_seconds()
        time.sleep(max(_OLD_S - age_s, 0.0))
        house.send_away()
        house.database.restore(house.folder / "dump")
        before = house.ports.store.now()
        house.call_back()
        house.wait_for_web()
        time.sleep(_HELD_FOR_S)
        with house.ports.store.transaction() as tx:
            held = tx.count(Hold, {"reason": HoldReason.RESTORED, "released_at": None})
            sent = tx.count(Attempt, {"verb": _SENDING, "opened_at": Above(before)})
        if not held:
            self._wrong.append("a restored database was not held")
        if sent:
            self._wrong.append(f"a restored database began to send {sent} times before it was adopted")
        adopt(house.settings, replace(house.ports, owner="operator:0"))


ROW = Row(
    number=14,
    name="restore",
    does="the database is restored from a dump some seconds (minutes) old; a copy of it is started elsewhere",
    nemesis=TimeMachine,
    may_miss=True,
)
