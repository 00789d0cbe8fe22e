"""A listing changes: off the market, what is unsent is taken back; new facts are drawn and written anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.compose import scene_of, words_of
from postengine.engine.ledger.media import assets_for
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.listing import Facts, Listing
from postengine.engine.posts.states import ENDED, OFF_MARKET, DeliveryState, ListingStatus

from .cancel import cancel_in
from .edit import rewrite


def change_listing(
    ports: Ports,
    listing_id: str,
    *,
    status: ListingStatus | None = None,
    facts: Facts | None = None,
    photo_ids: tuple[str, ...] | None = None,
    agent_id: str | None = None,
    who: str = "person",
    connection: object | None = None,
) -> Listing:
    """Change a listing and, in one move, all its unsent deliveries; return it.

    Withdrawn or sold: everything unsent is recalled and cancelled, drafts in Postiz and open phone tasks too.
    A changed price or photo: pictures are rendered anew, drafts rewritten, promoted posts recalled.

    Raises:
        NotFound: There is no such listing.
    """
    with changing(ports, connection) as change:
        before = change.need(Listing, listing_id, lock=True)
        after = replace(
            before,
            status=status or before.status,
            facts=facts or before.facts,
            photo_ids=before.photo_ids if photo_ids is None else photo_ids,
            agent_id=agent_id or before.agent_id,
        )
        if after == before:
            return before
        return _save(change, before, replace(after, rev=before.rev + 1, updated_at=change.now), who)


def _save(change: Change, before: Listing, after: Listing, who: str) -> Listing:
    found = change.tx.find(Delivery, {"listing_id": after.id, "state": _NOT_OUT}, lock=True)
    deliveries = [row for row in found if _may_still_go_out(row, change.now)]
    words = {delivery.id: words_of(scene_of(change, delivery)) for delivery in deliveries}
    change.tx.save(after)
    change.note(
        after,
        by=who,
        why="changed",
        from_state=before.status,
        to_state=after.status,
        tenant_id=after.tenant_id,
        subject_id=after.id,
    )
    for delivery in deliveries:
        if after.status in OFF_MARKET:
            cancel_in(change, delivery, why=f"the listing is {after.status}", who=who)
        elif _says_otherwise(change, delivery, words[delivery.id]):
            rewrite(change, delivery, delivery, who=who, why="the listing has changed")
    return after


def _may_still_go_out(row: Delivery, now: datetime) -> bool:
    is_ahead = row.state is DeliveryState.UNCONFIRMED and now < row.due_at
    return row.state in _OPEN or is_ahead or row.recall is DeliveryState.PLANNED


_NOT_OUT = tuple(state for state in DeliveryState if state is not DeliveryState.PUBLISHED)
_OPEN = tuple(state for state in DeliveryState if state not in {*ENDED, DeliveryState.UNCONFIRMED})


def _says_otherwise(change: Change, delivery: Delivery, words: object) -> bool:
    scene = scene_of(change, delivery)
    if words_of(scene) != words:
        return True
    return tuple(asset.id for asset in assets_for(change, scene)) != delivery.asset_ids
