"""Hold and release: pause a service, tenant, channel, listing, post or delivery, now or on dates."""

from __future__ import annotations

from datetime import datetime

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.checkups import believe_mended
from postengine.engine.ledger.placing import place, release
from postengine.engine.ports import Ports
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.engine.posts.tenant import Tenant


def place_hold(
    ports: Ports,
    scope: HoldScope,
    scope_id: str = SERVICE,
    *,
    reason: HoldReason = HoldReason.PAUSED,
    note: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    tenant_id: str | None = None,
    who: str = "person",
    connection: object | None = None,
) -> Hold:
    """Place a hold; what is promoted and not too late is recalled.

    Raises:
        Invalid: It would end before it begins.
    """
    with changing(ports, connection) as change:
        if until_at is not None and until_at <= (from_at or change.now):
            raise Invalid.one("until", "before_start", "the hold ends before it begins; give a later end")
        return place(
            change,
            scope,
            scope_id,
            reason,
            who=who,
            note=note,
            tenant_id=tenant_id,
            from_at=from_at,
            until_at=until_at,
        )


def release_hold(
    ports: Ports, hold_id: str, *, who: str = "person", connection: object | None = None
) -> Hold:
    """Release a hold: what is in time goes on, what has passed is left to a person. Twice changes nothing.

    Raises:
        NotFound: There is no such hold.
    """
    with changing(ports, connection) as change:
        hold = change.need(Hold, hold_id, lock=True)
        if hold.released_at is None:
            release(change, hold, who=who)
            if hold.reason is HoldReason.SICK and hold.scope is HoldScope.CHANNEL:
                channel = change.need(Channel, hold.scope_id)
                account_id = change.need(Tenant, channel.tenant_id).account_id
                believe_mended(change, channel, account_id or "")
        return change.need(Hold, hold_id)
