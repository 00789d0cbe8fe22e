"""Troubles of work that waits: quarantined, sick, touched by a person's hand, or due and held."""

from __future__ import annotations

from postengine.engine.ports import AtMost, Transaction
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.states import UNSENT, HoldReason, HoldScope
from postengine.engine.posts.tenant import Tenant

from .evidence import evidence_of, shown
from .kinds import troubled
from .value import Trouble, TroubleCode

_C = TroubleCode
_OF_DELIVERIES = {HoldReason.QUARANTINED: _C.QUARANTINED, HoldReason.HAND: _C.HAND}
_MOST_SHOWN = 5


def holding(tx: Transaction) -> list[Trouble]:
    """Return the troubles of all holds that hold now."""
    found = [hold for hold in tx.find(Hold, {"released_at": None}) if hold.is_active(tx.now)]
    troubles: list[Trouble] = []
    for hold in found:
        if hold.reason in _OF_DELIVERIES:
            troubles += _of_delivery(tx, hold)
        elif hold.reason is HoldReason.SICK:
            troubles.append(_sick(tx, hold))
        elif hold.reason is HoldReason.RESTORED:
            troubles.append(_restored(hold))
        else:
            troubles += _late(tx, hold)
    return troubles


def _of_delivery(tx: Transaction, hold: Hold) -> list[Trouble]:
    code = _OF_DELIVERIES[hold.reason]
    rows = tx.find(Delivery, {"id": hold.scope_id})
    evidence = evidence_of(tx, rows)
    return [
        troubled(
            code,
            "delivery",
            row.id,
            tenant_id=row.tenant_id,
            since=hold.from_at,
            what=hold.note or f"held: {hold.reason}",
            evidence=evidence[row.id],
        )
        for row in rows
    ]


def _sick(tx: Transaction, hold: Hold) -> Trouble:
    is_channel = hold.scope is HoldScope.CHANNEL
    waiting = tx.find(Delivery, {**_scope(tx, hold), "state": UNSENT}, order_by="due_at")
    return troubled(
        _C.CHANNEL_SICK if is_channel else _C.ACCOUNT_SICK,
        str(hold.scope),
        hold.scope_id,
        tenant_id=hold.tenant_id,
        since=hold.from_at,
        what=hold.note or f"the {hold.scope} cannot publish",
        evidence=_waiting(tx, waiting),
    )


def _restored(hold: Hold) -> Trouble:
    what = hold.note or "everything is held: the database may be older than what has passed"
    return troubled(_C.RESTORED, "service", SERVICE, since=hold.from_at, what=what)


def _late(tx: Transaction, hold: Hold) -> list[Trouble]:
    """Return a trouble if the time of something has come that this hold keeps back."""
    where = {**_scope(tx, hold), "state": UNSENT, "due_at": AtMost(tx.now)}
    late = tx.find(Delivery, where, order_by="due_at")
    if not late:
        return []
    note = f" ({hold.note})" if hold.note else ""
    return [
        troubled(
            _C.HELD,
            "hold",
            hold.id,
            tenant_id=hold.tenant_id or (late[0].tenant_id if hold.scope is not HoldScope.SERVICE else None),
            since=max(hold.from_at, late[0].due_at),
            what=f"{hold.reason}{note}, placed by {hold.placed_by}: {len(late)} waiting past their time",
            evidence=_waiting(tx, late),
        )
    ]


def _waiting(tx: Transaction, rows: list[Delivery]) -> tuple[str, ...]:
    """Return the first of those that wait, and how many there are."""
    if not rows:
        return ("nothing waits for it yet",)
    evidence = evidence_of(tx, rows[:_MOST_SHOWN])
    named = (f"{evidence[row.id][0]}, missed at {shown(row.miss_at)}" for row in rows[:_MOST_SHOWN])
    more = len(rows) - _MOST_SHOWN
    return (*named, *((f"and {more} more",) if more > 0 else ()))


def _scope(tx: Transaction, hold: Hold) -> dict[str, object]:
    if hold.scope is HoldScope.SERVICE or hold.scope_id == SERVICE:
        return {"tenant_id": tuple(tenant.id for tenant in tx.find(Tenant, {}))}  # so that an index serves
    return {"id" if hold.scope is HoldScope.DELIVERY else f"{hold.scope}_id": hold.scope_id}
