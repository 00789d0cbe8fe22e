"""A sick account or channel: its work is held until a person has mended it; nobody else is delayed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from postengine.engine.ledger.change import Change, changing
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
_BLIND = "publisher"  # it has refused what no look at the channels shows


def is_sickness(error: PostEngineError) -> bool:
    """Whether only a person can mend what caused `error`."""
    return isinstance(error, Sick)


def report_sick(ports: Ports, row: Delivery, error: PostEngineError) -> None:
    """Hold everything that goes the same way, and tell the operator."""
    scope = error.scope if isinstance(error, Sick) else HoldScope.ACCOUNT
    scope_id = row.channel_id if scope is HoldScope.CHANNEL else row.account_id or ""
    who = _WHO if not isinstance(error, Sick) or error.is_seen_by_looks else _BLIND
    hold_sick(ports, scope, scope_id, str(error), tenant_id=row.tenant_id, who=who)
    with changing(ports) as change:
        broken = change.need(Channel, row.channel_id) if scope is HoldScope.CHANNEL else None
        look_after(change, row.account_id or "", broken=broken)


def hold_sick(
    ports: Ports, scope: HoldScope, scope_id: str, why: str, *, tenant_id: str | None, who: str = _WHO
) -> None:
    """Hold all that goes through a sick account or channel, and tell the operator.

    In a transaction of its own: it locks many deliveries, and whoever has one locked already may not.
    """
    with changing(ports) as change:
        place(change, scope, scope_id, HoldReason.SICK, who=who, note=why, tenant_id=tenant_id)
        change.alert(f"{scope}_sick", scope, scope_id, why, tenant_id)


def heal(ports: Ports, scope: HoldScope, scope_id: str, *, looked_at: datetime) -> None:
    """Let all go on that was held because this account or channel was sick when it was looked at.

    A hold that is younger than the look stays, and one that a person placed, or that no look can judge.
    """
    with changing(ports) as change:
        where = {"scope_id": scope_id, "reason": HoldReason.SICK, "released_at": None}
        holds = change.tx.find(Hold, where, lock=True)
        healed = [hold for hold in holds if hold.placed_by == _WHO and hold.created_at < looked_at]
        for hold in healed:
            release(change, hold, who=_WHO)
        if len(healed) == len(holds):
            change.clear_alert(f"{scope}_sick", scope_id)


def is_held_sick(change: Change, scope_ids: Sequence[str]) -> bool:
    """Whether a look may still heal an account or a channel of these."""
    where = {"scope_id": tuple(scope_ids), "reason": HoldReason.SICK, "placed_by": _WHO, "released_at": None}
    return change.tx.count(Hold, where) > 0
