"""Listings: properties on the market; one that is sold or withdrawn takes its unsent posts back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pydantic import Field

from postengine.engine.commands.register import register_listing
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.ports import Transaction
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.listing import Facts, Listing
from postengine.engine.posts.states import ListingStatus

from .facts import FactsBody, FactsView, named_facts
from .paging import page
from .references import check_files, choose_named, choose_tenant, need_named, tenant_filter
from .route import Call, Route
from .shape import Answer, Body, ExternalId, Listed, Reference, View


class ListingBody(Body):
    """A property, with the agency's own id."""

    tenant: Reference | None = None
    external_id: ExternalId
    status: ListingStatus = ListingStatus.ACTIVE
    agent: Reference | None = None
    facts: FactsBody = FactsBody()
    photos: list[str] = Field(default_factory=list[str], max_length=100, description="ids of assets")


class ListingChange(Body):
    """What is to change; of the facts, those that are named."""

    status: ListingStatus | None = None
    agent: Reference | None = None
    facts: FactsBody | None = None
    photos: list[str] | None = Field(default=None, max_length=100)


class ListingView(View):
    """A property."""

    id: str
    tenant_id: str
    external_id: str
    status: ListingStatus
    agent_id: str | None
    facts: FactsView
    photo_ids: list[str]
    rev: int
    created_at: datetime
    updated_at: datetime


class ListingList(View):
    """A part of the listings."""

    items: list[ListingView]
    next_cursor: str | None


def put_listing(call: Call, body: ListingBody) -> Answer:
    """Create a listing, or change the one with this external id."""
    with call.ports.store.transaction() as tx:
        tenant = choose_tenant(tx, call.access, body.tenant)
        agent_id = _agent_id(tx, call, body.agent, tenant.id)
        _check_photos(tx, body.photos, tenant.id)
        is_known = tx.count(Listing, {"tenant_id": tenant.id, "external_id": body.external_id}) > 0
    row = register_listing(
        call.ports,
        tenant.id,
        body.external_id,
        facts=Facts(**named_facts(body.facts)),
        status=body.status,
        agent_id=agent_id,
        photo_ids=tuple(body.photos),
        who=call.who,
    )
    return Answer(ListingView.model_validate(row), 200 if is_known else 201)


def patch_listing(call: Call, listing: str, body: ListingChange) -> Answer:
    """Change a listing and all that is unsent of it."""
    with call.ports.store.transaction() as tx:
        known = need_named(tx, call.access, Listing, listing)
        agent_id = _agent_id(tx, call, body.agent, known.tenant_id)
        _check_photos(tx, body.photos or [], known.tenant_id)
    facts = None
    if body.facts is not None:
        facts = replace(known.facts, **named_facts(body.facts))
    row = change_listing(
        call.ports,
        known.id,
        status=body.status,
        facts=facts,
        photo_ids=None if body.photos is None else tuple(body.photos),
        agent_id=agent_id,
        who=call.who,
    )
    return Answer(ListingView.model_validate(row))


def list_listings(call: Call, query: Listed) -> Answer:
    """List listings."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        rows, cursor = page(tx, Listing, where, query)
    return Answer(ListingList(items=[ListingView.model_validate(row) for row in rows], next_cursor=cursor))


def get_listing(call: Call, listing: str) -> Answer:
    """Show a listing."""
    with call.ports.store.transaction() as tx:
        return Answer(ListingView.model_validate(need_named(tx, call.access, Listing, listing)))


def _agent_id(tx: Transaction, call: Call, reference: str | None, tenant_id: str) -> str | None:
    if reference is None:
        return None
    return choose_named(tx, call.access, Agent, reference, tenant_id, "agent").id


def _check_photos(tx: Transaction, photo_ids: list[str], tenant_id: str) -> None:
    check_files(tx, tenant_id, {f"photos[{index}]": one for index, one in enumerate(photo_ids)})


ROUTES = (
    Route(
        method="POST",
        path="/listings",
        summary="Create a listing, or change the one with this external id",
        do=put_listing,
        body=ListingBody,
        answers={201: ListingView, 200: ListingView},
    ),
    Route(
        method="GET",
        path="/listings",
        summary="List listings",
        do=list_listings,
        query=Listed,
        answers={200: ListingList},
    ),
    Route(
        method="GET",
        path="/listings/{listing}",
        summary="Show a listing",
        do=get_listing,
        answers={200: ListingView},
        problems=(404, 409),
    ),
    Route(
        method="PATCH",
        path="/listings/{listing}",
        summary="Change a listing, and all that is unsent of it; sold or withdrawn takes it back",
        do=patch_listing,
        body=ListingChange,
        answers={200: ListingView},
        problems=(404, 409),
    ),
)
