"""A sick account or channel: its work is held until a person has mended it; nobody else is delayed."""

from __future__ import annotations

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.checkups import look_after
from postengine.engine.ledger.placing import place, release
from postengine.engine.ports import Ports
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.errors import PostEngineError

_WHO = "engine"


def is_sickness(error: PostEngineError) -> bool:
    """Whether only a person can mend what caused `error`."""
    return isinstance(error, Sick)


def report_sick(ports: Ports, row: Delivery, error: PostEngineError) -> None:
    """Hold everything that goes the same way, and tell the operator."""
    scope = error.scope if isinstance(error, Sick) else HoldScope.ACCOUNT
    scope_id = row.channel_id if scope is HoldScope.CHANNEL else row.account_id or ""
    hold_sick(ports, scope, scope_id, str(error), tenant_id=row.tenant_id)
    with changing(ports) as change:
        broken = change.need(Channel, row.channel_id) if scope is HoldScope.CHANNEL else None
        look_after(change, row.account_id or "", broken=broken)


def hold_sick(ports: Ports, scope: HoldScope, scope_id: str, why: str, *, tenant_id: str | None) -> None:
    """Hold all that goes through a sick account or channel, and tell the operator.

    In a transaction of its own: it locks many deliveries, and whoever has one locked already may not.
    """
    with changing(ports) as change:
        place(change, scope, scope_id, HoldReason.SICK, who=_WHO, note=why, tenant_id=tenant_id)
        change.alert(f"{scope}_sick", scope, scope_id, why, tenant_id)


def heal(ports: Ports, scope: HoldScope, scope_id: str) -> None:
    """Let all go on that was held because this account or channel was sick; a person's own hold stays."""
    with changing(ports) as change:
        where = {"scope_id": scope_id, "reason": HoldReason.SICK, "placed_by": _WHO, "released_at": None}
        for hold in change.tx.find(Hold, where, lock=True):
            release(change, hold, who=_WHO)
        change.clear_alert(f"{scope}_sick", scope_id)
