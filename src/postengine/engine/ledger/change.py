"""A change: one transaction, and the moves in it that callbacks hear of after the commit."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from postengine.engine.ports import DeliveryChanged, Ports, R, Transaction
from postengine.engine.posts.errors import NotFound
from postengine.engine.posts.record import Alert, HistoryEntry


@dataclass(slots=True)
class Change:
    """A transaction in progress.

    Attributes:
        now: The store's clock when it began.
        moved: What moved in it, in order.
    """

    ports: Ports
    tx: Transaction
    now: datetime
    moved: list[DeliveryChanged] = field(default_factory=list[DeliveryChanged])

    def need(self, kind: type[R], id: str, *, lock: bool = False) -> R:  # noqa: A002 - the field's name
        """Return the row.

        Raises:
            NotFound: It does not exist.
        """
        row = self.tx.get(kind, id, lock=lock)
        if row is None:
            raise NotFound(kind.__name__, id)
        return row

    def note(
        self,
        subject: object,
        *,
        by: str,
        why: str,
        from_state: str = "",
        to_state: str = "",
        tenant_id: str | None = None,
        subject_id: str,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """Write a line of history about `subject`."""
        self.tx.add(
            HistoryEntry(
                id=self.ports.ids.new("hist"),
                tenant_id=tenant_id,
                subject=type(subject).__name__.lower(),
                subject_id=subject_id,
                at=self.now,
                by=by,
                from_state=from_state,
                to_state=to_state,
                why=why,
                detail=dict(detail or {}),
            )
        )

    def alert(
        self, code: str, subject: str, subject_id: str, message: str, tenant_id: str | None = None
    ) -> None:
        """Tell the operator, once for each code and subject until it is cleared; `at` is the first time."""
        id_ = f"{code}:{subject_id}"
        known = self.tx.get(Alert, id_, lock=True)
        row = Alert(
            id=id_,
            tenant_id=tenant_id,
            code=code,
            subject=subject,
            subject_id=subject_id,
            message=message,
            at=known.at if known is not None and known.cleared_at is None else self.now,
        )
        if known is None:
            self.tx.add(row)
        else:
            self.tx.save(row)

    def clear_alert(self, code: str, subject_id: str) -> None:
        """Take an alert back, now that it was dealt with."""
        known = self.tx.get(Alert, f"{code}:{subject_id}", lock=True)
        if known is not None and known.cleared_at is None:
            self.tx.save(replace(known, cleared_at=self.now))


@contextmanager
def changing(ports: Ports, connection: object | None = None) -> Generator[Change]:
    """Open a change; at its end it is committed and the callbacks hear of each move.

    Args:
        ports: What the engine works with.
        connection: The caller's own open transaction: the commit is theirs, and callbacks are not called.
    """
    with ports.store.transaction(connection) as tx:
        change = Change(ports, tx, tx.now)
        yield change
    if connection is None:
        for event in change.moved:
            for callback in ports.on_delivery_changed:
                callback(event)
