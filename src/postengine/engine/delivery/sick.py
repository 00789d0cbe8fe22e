"""A sick account or channel: its work is held until a person has mended it; nobody else is delayed."""

from __future__ import annotations

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.placing import place
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.errors import PostEngineError


def is_sickness(error: PostEngineError) -> bool:
    """Whether only a person can mend what caused `error`."""
    return isinstance(error, Sick)


def report_sick(ports: Ports, row: Delivery, error: PostEngineError) -> None:
    """Hold everything that goes the same way, and tell the operator.

    In a transaction of its own: it locks many deliveries, and whoever has one locked already may not.
    """
    scope = error.scope if isinstance(error, Sick) else HoldScope.ACCOUNT
    scope_id = row.channel_id if scope is HoldScope.CHANNEL else row.account_id or ""
    with changing(ports) as change:
        place(
            change, scope, scope_id, HoldReason.SICK, who="engine", note=str(error), tenant_id=row.tenant_id
        )
        change.alert(f"{scope}_sick", scope, scope_id, str(error), row.tenant_id)
