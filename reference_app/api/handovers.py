"""Handovers: what became of a task on an agent's phone; ring again, or give it to a colleague."""

from __future__ import annotations

from datetime import datetime

from postengine.engine.commands.reassign import reassign, resend
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.timeline import timeline_of
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Outcome

from .post_views import DeliveryDetail, delivery_detail
from .references import choose_named, need_owned
from .route import Call, Route
from .shape import Answer, Body, Nothing, Reference, View


class ReassignBody(Body):
    """Who is to have the task: a colleague, by id or external id."""

    agent: Reference


class TimelineEntryView(View):
    """One thing that happened; `phone_at` is the phone's own clock, `at` is ours."""

    at: datetime
    by: str
    what: str
    from_state: str
    to_state: str
    event: str | None
    phone_at: datetime | None
    device_id: str | None
    device: str
    outcome: Outcome | None


class TimelineView(View):
    """All that happened to a delivery, oldest first."""

    delivery_id: str
    agent_id: str | None
    former_agent_ids: list[str]
    entries: list[TimelineEntryView]


def show_timeline(call: Call, delivery: str) -> Answer:
    """Show all that happened to a delivery."""
    with changing(call.ports) as change:
        row = need_owned(change.tx, call.access, Delivery, delivery)
        entries = timeline_of(change, row)
    return Answer(
        TimelineView(
            delivery_id=row.id,
            agent_id=row.agent_id,
            former_agent_ids=list(row.former_agent_ids or ()),
            entries=[TimelineEntryView.model_validate(entry) for entry in entries],
        )
    )


def resend_one(call: Call, delivery: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing is in it
    """Ring the agent's phone once more."""
    _need(call, delivery)
    return _shown(call, resend(call.ports, delivery, who=call.who))


def reassign_one(call: Call, delivery: str, body: ReassignBody) -> Answer:
    """Give the task of a shared channel to a colleague."""
    row = _need(call, delivery)
    with call.ports.store.transaction() as tx:
        colleague = choose_named(tx, call.access, Agent, body.agent, row.tenant_id, "agent")
    return _shown(call, reassign(call.ports, delivery, colleague.id, who=call.who))


def _need(call: Call, delivery_id: str) -> Delivery:
    with call.ports.store.transaction() as tx:
        return need_owned(tx, call.access, Delivery, delivery_id)


def _shown(call: Call, row: Delivery) -> Answer:
    with changing(call.ports) as change:
        return Answer(delivery_detail(change, change.need(Delivery, row.id)))


ROUTES = (
    Route(
        method="GET",
        path="/deliveries/{delivery}/timeline",
        summary="Show a handover's timeline: moves, rings, e-mails, and what the phones told",
        do=show_timeline,
        answers={200: TimelineView},
        problems=(404,),
    ),
    Route(
        method="POST",
        path="/deliveries/{delivery}/resend",
        summary="Ring the agent's phone once more, in waking hours",
        do=resend_one,
        body=Nothing,
        answers={200: DeliveryDetail},
        problems=(404, 409),
    ),
    Route(
        method="POST",
        path="/deliveries/{delivery}/reassign",
        summary="Give a task of a shared channel to a colleague; the first phone is told before",
        do=reassign_one,
        body=ReassignBody,
        answers={200: DeliveryDetail},
        problems=(404, 409),
    ),
)
