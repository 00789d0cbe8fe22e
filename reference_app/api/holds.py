"""Holds: pause everything, a tenant, an account, a channel, a listing, a post or a delivery."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from werkzeug.exceptions import Forbidden

from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.ports import Transaction
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Invalid, NotFound
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.engine.posts.tenant import Account
from reference_app.tokens import Access

from .paging import page
from .post_views import HoldView
from .references import need_named, need_owned, need_tenant, tenant_filter
from .route import Call, Route
from .shape import Answer, Body, Instant, Listed, Nothing, Reference, View


class HoldBody(Body):
    """A reason to wait, now or on dates."""

    scope: HoldScope
    target: Reference | None = Field(default=None, description="what is held; none for the service")
    reason: Literal["paused", "drafts_only"] = "paused"
    note: str = Field(default="", max_length=500)
    from_at: Instant | None = None
    until_at: Instant | None = None


class HoldsWanted(Listed):
    """Which holds are wanted."""

    is_released: bool = False


class HoldList(View):
    """A part of the holds."""

    items: list[HoldView]
    next_cursor: str | None


def place(call: Call, body: HoldBody) -> Answer:
    """Place a hold."""
    with call.ports.store.transaction() as tx:
        scope_id, tenant_id = _target(tx, call.access, body)
    hold = place_hold(
        call.ports,
        body.scope,
        scope_id,
        reason=HoldReason(body.reason),
        note=body.note,
        from_at=body.from_at,
        until_at=body.until_at,
        tenant_id=tenant_id,
        who=call.who,
    )
    return Answer(HoldView.model_validate(hold), 201)


def list_holds(call: Call, query: HoldsWanted) -> Answer:
    """List holds."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        if not query.is_released:
            where["released_at"] = None
        rows, cursor = page(tx, Hold, where, query)
    return Answer(HoldList(items=[HoldView.model_validate(row) for row in rows], next_cursor=cursor))


def release(call: Call, hold: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing is in it
    """Release a hold."""
    with call.ports.store.transaction() as tx:
        row = need_owned(tx, call.access, Hold, hold)
    return Answer(HoldView.model_validate(release_hold(call.ports, row.id, who=call.who)))


def _target(tx: Transaction, access: Access, body: HoldBody) -> tuple[str, str | None]:
    """Return the id of what is held, and whose it is."""
    if body.scope in {HoldScope.SERVICE, HoldScope.ACCOUNT} and not access.is_operator:
        raise Forbidden("only an operator holds a whole service or account; hold the tenant instead")
    if body.scope is HoldScope.SERVICE:
        return SERVICE, None
    if body.target is None:
        raise Invalid.one("target", "missing", f"name the {body.scope} that is to be held")
    try:
        return _found(tx, access, body.scope, body.target)
    except NotFound as error:
        raise Invalid.one("target", "unknown", f"there is no {body.scope} {body.target!r}") from error


def _found(tx: Transaction, access: Access, scope: HoldScope, target: str) -> tuple[str, str | None]:
    row: Post | Listing | Channel | Delivery
    match scope:
        case HoldScope.TENANT:
            tenant = need_tenant(tx, access, target)
            return tenant.id, tenant.id
        case HoldScope.CHANNEL:
            row = need_named(tx, access, Channel, target)
        case HoldScope.LISTING:
            row = need_named(tx, access, Listing, target)
        case HoldScope.POST:
            row = need_named(tx, access, Post, target)
        case HoldScope.DELIVERY:
            row = need_owned(tx, access, Delivery, target)
        case _:
            if tx.get(Account, target) is None:
                raise NotFound("Account", target)
            return target, None
    return row.id, row.tenant_id


ROUTES = (
    Route(
        method="POST",
        path="/holds",
        summary="Place a hold; what is promoted and not too late is recalled",
        do=place,
        body=HoldBody,
        answers={201: HoldView},
        problems=(409,),
    ),
    Route(
        method="GET",
        path="/holds",
        summary="List holds; those that are released only if asked for",
        do=list_holds,
        query=HoldsWanted,
        answers={200: HoldList},
    ),
    Route(
        method="POST",
        path="/holds/{hold}/release",
        summary="Release a hold: what is in time goes on, what has passed is left to a person",
        do=release,
        body=Nothing,
        answers={200: HoldView},
        problems=(404,),
    ),
)
