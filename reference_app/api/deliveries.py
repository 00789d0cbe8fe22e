"""Deliveries: one post on one channel; cancel it, or say what became of it."""

from __future__ import annotations

from pydantic import AnyHttpUrl

from postengine.engine.commands.cancel import cancel_delivery
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.ledger.change import changing
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState

from .paging import page
from .post_bodies import CancelBody
from .post_views import DeliveryDetail, DeliveryView, delivery_detail, delivery_view
from .references import need_owned, tenant_filter
from .route import Call, Route
from .shape import Answer, Body, Instant, Listed, View


class DeliveriesWanted(Listed):
    """Which deliveries are wanted."""

    state: DeliveryState | None = None
    post_id: str | None = None
    channel_id: str | None = None
    agent_id: str | None = None


class DecisionBody(Body):
    """A person's word: `published`, `failed`, `drop` or `send_again`."""

    decision: Decision
    release_url: AnyHttpUrl | None = None
    send_at: Instant | None = None


class DeliveryList(View):
    """A part of the deliveries."""

    items: list[DeliveryView]
    next_cursor: str | None


class DecidedView(View):
    """The delivery after a decision, and what the person should know."""

    delivery: DeliveryDetail
    warning: str | None


def list_deliveries(call: Call, query: DeliveriesWanted) -> Answer:
    """List deliveries."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        where |= query.model_dump(exclude={"tenant", "cursor", "limit"}, exclude_none=True)
        rows, cursor = page(tx, Delivery, where, query)
        ids = tuple({row.channel_id for row in rows})
        channels = {channel.id: channel for channel in tx.find(Channel, {"id": ids})}
    views = [delivery_view(row, channels[row.channel_id]) for row in rows]
    return Answer(DeliveryList(items=views, next_cursor=cursor))


def get_delivery(call: Call, delivery: str) -> Answer:
    """Show a delivery and all that was done and seen."""
    with changing(call.ports) as change:
        row = need_owned(change.tx, call.access, Delivery, delivery)
        return Answer(delivery_detail(change, row))


def cancel_one(call: Call, delivery: str, body: CancelBody) -> Answer:
    """Cancel one delivery; 202 while it is still being recalled from Postiz."""
    _need(call, delivery)
    row = cancel_delivery(call.ports, delivery, why=body.why, who=call.who)
    return _shown(call, row.id, 200 if row.recall is None else 202)


def decide_one(call: Call, delivery: str, body: DecisionBody) -> Answer:
    """Say what became of a delivery, or send it again."""
    _need(call, delivery)
    url = None if body.release_url is None else str(body.release_url)
    decided = decide(call.ports, delivery, body.decision, release_url=url, send_at=body.send_at, who=call.who)
    with changing(call.ports) as change:
        detail = delivery_detail(change, decided.delivery)
    return Answer(DecidedView(delivery=detail, warning=decided.warning))


def _need(call: Call, delivery_id: str) -> Delivery:
    with call.ports.store.transaction() as tx:
        return need_owned(tx, call.access, Delivery, delivery_id)


def _shown(call: Call, delivery_id: str, status: int) -> Answer:
    with changing(call.ports) as change:
        return Answer(delivery_detail(change, change.need(Delivery, delivery_id)), status)


ROUTES = (
    Route(
        method="GET",
        path="/deliveries",
        summary="List deliveries",
        do=list_deliveries,
        query=DeliveriesWanted,
        answers={200: DeliveryList},
    ),
    Route(
        method="GET",
        path="/deliveries/{delivery}",
        summary="Show a delivery with its attempts, holds and history",
        do=get_delivery,
        answers={200: DeliveryDetail},
        problems=(404,),
    ),
    Route(
        method="POST",
        path="/deliveries/{delivery}/cancel",
        summary="Cancel a delivery; 202 while it is still being recalled from Postiz",
        do=cancel_one,
        body=CancelBody,
        answers={200: DeliveryDetail, 202: DeliveryDetail},
        problems=(404, 409),
    ),
    Route(
        method="POST",
        path="/deliveries/{delivery}/decide",
        summary="Say what became of a delivery, or send it again",
        do=decide_one,
        body=DecisionBody,
        answers={200: DecidedView},
        problems=(404, 409),
    ),
)
