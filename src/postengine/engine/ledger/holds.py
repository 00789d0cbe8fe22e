"""Which holds are on a delivery."""

from __future__ import annotations

from postengine.engine.ports import Transaction
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.states import DeliveryState


def holds_on(tx: Transaction, delivery: Delivery) -> list[Hold]:
    """Return the holds that are active on `delivery` now, whatever their scope."""
    scopes = (
        SERVICE,
        delivery.id,
        delivery.post_id,
        delivery.channel_id,
        delivery.tenant_id,
        delivery.account_id,
        delivery.listing_id,
    )
    ids = tuple(scope_id for scope_id in scopes if scope_id is not None)
    found = tx.find(Hold, {"scope_id": ids, "released_at": None})
    goes_out_at = max(tx.now, delivery.due_at) if delivery.state is DeliveryState.STAGED else tx.now
    return [hold for hold in found if hold.is_active(tx.now) or hold.is_active(goes_out_at)]
