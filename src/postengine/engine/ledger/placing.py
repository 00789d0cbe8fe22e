"""Placing and releasing holds: all work in their scope is planned anew, what is promoted is recalled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ports import Above
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import Hold, is_allowed
from postengine.engine.posts.states import ENDED, UNSENT, DeliveryState, HoldReason, HoldScope, Mode, Step

from .attempts import may_run
from .change import Change
from .moving import disturb

_FIELD = {
    HoldScope.TENANT: "tenant_id",
    HoldScope.ACCOUNT: "account_id",
    HoldScope.CHANNEL: "channel_id",
    HoldScope.LISTING: "listing_id",
    HoldScope.POST: "post_id",
    HoldScope.DELIVERY: "id",
}
_OPEN_STATES = tuple(state for state in DeliveryState if state not in ENDED)


def place(
    change: Change,
    scope: HoldScope,
    scope_id: str,
    reason: HoldReason,
    *,
    who: str,
    note: str = "",
    tenant_id: str | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> Hold:
    """Place a hold, now or from an instant on; one without end that holds already stands."""
    where = {"scope": scope, "scope_id": scope_id, "reason": reason, "released_at": None}
    known = [
        hold for hold in change.tx.find(Hold, where) if hold.until_at is None and hold.is_active(change.now)
    ]
    if known and from_at is None and until_at is None:
        return known[0]
    hold = Hold(
        id=change.ports.ids.new("hold"),
        tenant_id=tenant_id,
        scope=scope,
        scope_id=scope_id,
        reason=reason,
        note=note,
        placed_by=who,
        from_at=from_at or change.now,
        until_at=until_at,
        created_at=change.now,
    )
    change.tx.add(hold)
    if hold.is_active(change.now):
        apply(change, hold)
    else:
        _recall_ahead(change, hold)
    return hold


def _recall_ahead(change: Change, hold: Hold) -> None:
    """Recall what is promoted already and would go out once `hold` has begun: then it may be too late."""
    for delivery in in_scope(change, hold):
        if (
            delivery.state is DeliveryState.PROMOTED
            and delivery.recall is None
            and hold.is_active(delivery.due_at)
        ):
            why = f"held from {hold.from_at:%Y-%m-%d %H:%M:%S} UTC: {_reason(hold)}"
            after = replace(delivery, recall=DeliveryState.PLANNED, reason=why)
            disturb(change, delivery, after, by="hold", why=f"{why}: recalling", who=hold.placed_by)


def apply(change: Change, hold: Hold) -> None:
    """Plan all work in the scope of `hold` anew, now that it has begun."""
    change.tx.save(replace(hold, is_applied=True))
    for delivery in in_scope(change, hold):
        why = f"held: {_reason(hold)}"
        is_unsent = delivery.state in UNSENT
        is_ahead = delivery.state is DeliveryState.UNCONFIRMED and change.now < delivery.due_at
        has_to_go = (
            delivery.state is DeliveryState.PROMOTED or is_ahead or (is_unsent and may_run(change, delivery))
        )
        if has_to_go and delivery.recall is None and is_allowed(Step.RECALL, [hold.reason]):
            after = replace(delivery, recall=DeliveryState.PLANNED, reason=why)
            disturb(change, delivery, after, by="hold", why=f"{why}: recalling", who=hold.placed_by)
        elif _is_touched(delivery, hold):
            disturb(change, delivery, replace(delivery, reason=why), by="hold", why=why, who=hold.placed_by)


def _reason(hold: Hold) -> str:
    return f"{hold.reason} ({hold.note})" if hold.note else str(hold.reason)


def release(change: Change, hold: Hold, *, who: str) -> None:
    """Release a hold: what is still in time goes on; what has passed stays for a person to see."""
    change.tx.save(replace(hold, released_at=change.now))
    for delivery in in_scope(change, hold):
        if delivery.next_step in {Step.MISS, Step.EXPIRE} or _stood_still(delivery, hold):
            after = replace(delivery, reason=None)
            disturb(change, delivery, after, by="hold", why=f"released: {hold.reason}", who=who)
    if hold.reason is HoldReason.RESTORED:
        _look_again(change, hold, who)


def _look_again(change: Change, hold: Hold, who: str) -> None:
    """Recall what was missed meanwhile: another installation may have gone on with it after our look."""
    where = {"mode": Mode.AUTOMATIC, "state": DeliveryState.MISSED, "updated_at": Above(hold.from_at)}
    for delivery in change.tx.find(Delivery, where, lock=True):
        if delivery.recall is None:
            after = replace(delivery, recall=DeliveryState.MISSED)
            disturb(change, delivery, after, by="hold", why="adopted: looked for once more", who=who)


def in_scope(change: Change, hold: Hold) -> list[Delivery]:
    """Return the open deliveries that `hold` covers, locked."""
    where: dict[str, object] = {"state": _OPEN_STATES}
    if hold.scope is not HoldScope.SERVICE:
        where[_FIELD[hold.scope]] = hold.scope_id
    return change.tx.find(Delivery, where, lock=True)


def _is_touched(delivery: Delivery, hold: Hold) -> bool:
    step = delivery.next_step
    return step is not None and not is_allowed(step, [hold.reason])


def _stood_still(delivery: Delivery, hold: Hold) -> bool:
    """Whether nothing at all was planned for it: under this hold, not even a recall goes on."""
    return delivery.next_step is None and not is_allowed(Step.RECALL, [hold.reason])
