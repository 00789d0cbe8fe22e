"""Miss: too late to be sent. It is shown, with the reason, and a person says what next."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ledger.attempts import may_run
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.holds import holds_on
from postengine.engine.ledger.moving import finish, ours
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState, Step


def miss(ports: Ports, delivery: Delivery) -> None:
    """Move an unsent delivery to `missed`; one that may have been promoted is fenced off first.

    A draft that is left in Postiz never publishes.
    """
    with changing(ports) as change:
        row = ours(change, delivery)
        if may_run(change, row):
            after = replace(row, recall=DeliveryState.PLANNED)
            why = "too late to be sent, but its promotion was never answered: fenced off first"
            finish(change, row, after, by=Step.RECALL, why=why)
            return
        held_by = ", ".join(sorted(f"{hold.reason}" for hold in holds_on(change.tx, row)))
        if held_by:
            reason = f"held until it was too late: {held_by}"
        elif not row.is_media_ready:
            reason = f"its pictures were not ready in time: {row.reason or 'still rendering'}"
        else:
            reason = row.reason or "not sent in time"
        after = replace(row, state=DeliveryState.MISSED, reason=reason)
        finish(change, row, after, by=Step.MISS, why=reason)
        change.alert("missed", "delivery", row.id, reason, row.tenant_id)
