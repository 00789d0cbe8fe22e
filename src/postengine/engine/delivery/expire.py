"""Expire: nobody has answered in time. A late "Yes" is still taken within the grace."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.moving import finish, ours
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState, Step


def expire(ports: Ports, delivery: Delivery) -> None:
    """Move an open handover to `missed`."""
    with changing(ports) as change:
        row = ours(change, delivery)
        reason = f"no answer from the phone; it was {row.state}"
        after = replace(row, state=DeliveryState.MISSED, reason=reason)
        finish(change, row, after, by=Step.EXPIRE, why=reason)
        change.alert("missed", "delivery", row.id, reason, row.tenant_id)
