"""Which holds are on a delivery."""

from __future__ import annotations

from postengine.engine.ports import Above, Transaction, Where
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.states import DeliveryState, HoldReason


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


def is_restored(tx: Transaction, delivery: Delivery) -> bool:
    """Whether the database was restored or copied since it was planned: Postiz may know more of it."""
    return tx.count(Hold, _restored_since(delivery)) > 0


def fell_due_unseen(tx: Transaction, delivery: Delivery) -> bool:
    """Whether its time came before the restored database was adopted: whoever sent it may be forgotten."""
    return tx.count(Hold, {**_restored_since(delivery), "released_at": Above(delivery.due_at)}) > 0


def _restored_since(delivery: Delivery) -> Where:
    return {"scope_id": SERVICE, "reason": HoldReason.RESTORED, "from_at": Above(delivery.created_at)}
