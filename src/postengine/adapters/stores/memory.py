"""A store in memory, for tests, simulations and trying things out; it is gone with its process."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar, cast

from postengine.clock import Clock
from postengine.engine.ports import R, Row, W, Where
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import NotFound
from postengine.engine.posts.watch import Watch

from .kinds import KINDS, WORK, exists
from .memory_table import MemoryTable
from .turns import in_turns

_Work = TypeVar("_Work", Delivery, Asset, Checkup, Watch)


class MemoryTransaction:
    """Reads and writes of one `MemoryStore.transaction`; implements `Transaction`."""

    def __init__(self, tables: dict[type[Row], MemoryTable], now: datetime) -> None:
        self._tables = tables
        self._now = now
        self._undo: list[tuple[MemoryTable, str, Row | None]] = []

    @property
    def now(self) -> datetime:
        """The store's clock when the transaction began."""
        return self._now

    def get(self, kind: type[R], id: str, *, lock: bool = False) -> R | None:  # noqa: A002, ARG002 - the port's
        """Return the row, or None; the whole store is locked anyway."""
        return cast("R | None", self._tables[kind].rows.get(id))

    def find(
        self,
        kind: type[R],
        where: Where,
        *,
        order_by: str = "id",
        limit: int | None = None,
        lock: bool = False,  # noqa: ARG002 - the port's
    ) -> list[R]:
        """Return the matching rows in ascending order of `order_by` (unset ones last), then id."""

        def place(row: Row) -> tuple[object, str]:
            return getattr(row, order_by), row.id

        found = self._tables[kind].find(where)
        unset = sorted((row for row in found if getattr(row, order_by) is None), key=lambda row: row.id)
        placed = sorted((row for row in found if getattr(row, order_by) is not None), key=place)
        return cast("list[R]", (placed + unset)[:limit])

    def count(self, kind: type[R], where: Where) -> int:
        """Return how many rows match."""
        return len(self._tables[kind].find(where))

    def add(self, row: Row) -> None:
        """Write a new row, or raise `Conflict`."""
        table = self._tables[type(row)]
        if row.id in table.rows:
            raise exists(row, ("id",))
        self._put(table, row)

    def save(self, row: Row) -> None:
        """Replace the row with the same id, or raise `NotFound` or `Conflict`."""
        table = self._tables[type(row)]
        if row.id not in table.rows:
            raise NotFound(type(row).__name__, row.id)
        self._put(table, row)

    def remove(self, row: Row) -> None:
        """Remove the row with the same id, if it is there."""
        table = self._tables[type(row)]
        if row.id in table.rows:
            self._undo.append((table, row.id, table.put(row.id, None)))

    def _put(self, table: MemoryTable, row: Row) -> None:
        broken = table.clash(row)
        if broken is not None:
            raise exists(row, broken.fields)
        self._undo.append((table, row.id, table.put(row.id, row)))

    def roll_back(self) -> None:
        """Put everything back as it was when the transaction began."""
        while self._undo:
            table, id_, before = self._undo.pop()
            table.put(id_, before)


class MemoryStore:
    """All rows in dictionaries; one transaction at a time. Implements `Store`.

    Args:
        clock: Judges what is due.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tables = {kind: MemoryTable(kind) for kind in KINDS}
        self._lock = threading.RLock()
        self._is_open = False

    def now(self) -> datetime:
        """Return the clock's time."""
        return self._clock.now()

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[MemoryTransaction]:
        """Open a transaction; others wait until it ends.

        Raises:
            TypeError: A connection was given: there is no database to join.
            RuntimeError: This thread has one open already, which a database would answer with a deadlock.
        """
        if connection is not None:
            raise TypeError(
                "a MemoryStore has no connection to join; leave `connection` out, or use SqlStore"
            )
        with self._lock:
            if self._is_open:
                raise RuntimeError("this thread is inside a transaction of this store; pass that one on")
            self._is_open = True
            transaction = MemoryTransaction(self._tables, self.now())
            try:
                yield transaction
            except BaseException:
                transaction.roll_back()
                raise
            finally:
                self._is_open = False

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        """Lease up to `limit` due rows to `owner`."""
        with self.transaction() as tx:
            waiting = (cast("W", row) for row in self._tables[kind].rows.values())
            due = in_turns(row for row in waiting if _is_due(row, tx.now))[:limit]
            claimed = [_claimed(row, tx.now + lease, owner) for row in due]
            for row in claimed:
                tx.save(row)
        return claimed

    def next_act_at(self) -> datetime | None:
        """Return when the next work is due, or the next lease on work ends."""
        with self._lock:
            rows = [
                cast("Delivery | Asset | Checkup | Watch", row)
                for kind in WORK
                for row in self._tables[kind].rows.values()
            ]
        return min(
            (
                max(row.act_at, row.lease_until or row.act_at)
                for row in rows
                if row.next_step is not None and row.act_at is not None
            ),
            default=None,
        )


def _is_due(row: Delivery | Asset | Checkup | Watch, now: datetime) -> bool:
    if row.next_step is None or row.act_at is None or row.act_at > now:
        return False
    return row.lease_until is None or row.lease_until <= now


def _claimed(row: _Work, lease_until: datetime, owner: str) -> _Work:
    has_crashed = row.taken and row.lease_until is not None
    return replace(
        row,
        fence=row.fence + 1,
        lease_until=lease_until,
        lease_owner=owner,
        taken=False,
        crashes=row.crashes + has_crashed,
    )
