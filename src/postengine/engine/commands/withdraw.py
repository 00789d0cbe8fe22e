"""A listing changes: off the market, what is unsent is taken back; new facts are drawn and written anew."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ports import Ports
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.facts import AddressDisplay
from postengine.engine.posts.listing import Facts, Listing
from postengine.engine.posts.states import OFF_MARKET, ListingStatus

from .cancel import cancel_in
from .unsent import keeping_up, unsent


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
        Invalid: A text would lack what is taken away: `{price}` of a listing that has none any more; what the
            tenant requires is not there; or a street that is to be hidden stands in an unsent text.
    """
    if facts is not None:
        check_facts(facts)
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


def check_facts(facts: Facts) -> None:
    """Refuse an address of which a part is to be shown, where there are no parts.

    Raises:
        Invalid: As said.
    """
    wants_part = facts.address_display in {AddressDisplay.STREET, AddressDisplay.AREA}
    if wants_part and facts.address and not (facts.street or facts.locality):
        message = (
            f"{facts.address_display} alone is to be shown; give `street` and `locality` beside `address`"
        )
        raise Invalid.one("facts.address_display", "needs_parts", message)


def _save(change: Change, before: Listing, after: Listing, who: str) -> Listing:
    where = {"listing_id": after.id}
    with (
        keeping_up(change, where, who=who, why="the listing has changed") if _stays(after) else nullcontext()
    ):
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
    if not _stays(after):
        for delivery in unsent(change, where):
            cancel_in(change, delivery, why=f"the listing is {after.status}", who=who)
    return after


def _stays(listing: Listing) -> bool:
    return listing.status not in OFF_MARKET
