"""Reassign and resend: an operator gives a task to a colleague, or has its phone rung once more."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.holds import holds_on
from postengine.engine.ledger.moving import disturb
from postengine.engine.ledger.passing import check_passable, pass_on
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.hold import is_allowed
from postengine.engine.posts.moves import PERSON
from postengine.engine.posts.states import OPEN_HANDOVER, DeliveryState, Mode, Step

from .decide import hand_over_again

_S = DeliveryState
_OVER = (_S.DECLINED, _S.MISSED, _S.CANCELLED)


def reassign(
    ports: Ports,
    delivery_id: str,
    agent_id: str,
    *,
    who: str = "person",
    connection: object | None = None,
) -> Delivery:
    """Give a task of a shared channel to a colleague; return it. The phones that had it are told first.

    One that was declined, missed or cancelled is handed over anew, from now.

    Args:
        ports: What the engine works with.
        delivery_id: The delivery on a manual channel.
        agent_id: The colleague, of the same tenant.
        who: Written into the history.
        connection: The caller's own open transaction.

    Raises:
        NotFound: There is no such delivery or agent.
        Conflict: The channel is a person's own, or not shared; the agent has the task; or it was published.
        Invalid: The agent is of another tenant, or the task lacks what it is made from today.
    """
    with changing(ports, connection) as change:
        delivery = _manual(change, delivery_id)
        agent = change.need(Agent, agent_id)
        check_passable(change.need(Channel, delivery.channel_id))
        if delivery.state is _S.PUBLISHED:
            raise Conflict("already_published", f"task {delivery.id} has been published; make a new post")
        if delivery.state in _OVER:
            delivery = hand_over_again(change, delivery, None, who)
        return pass_on(change, delivery, agent, by=PERSON, why=f"passed to {agent.name}", who=who)


def resend(
    ports: Ports, delivery_id: str, *, who: str = "person", connection: object | None = None
) -> Delivery:
    """Have the agent's phone rung once more, now or in the agent's next waking hours; return the delivery.

    Args:
        ports: What the engine works with.
        delivery_id: The delivery on a manual channel.
        who: Written into the history.
        connection: The caller's own open transaction.

    Raises:
        NotFound: There is no such delivery.
        Conflict: It is not due yet, held, or has ended.
    """
    with changing(ports, connection) as change:
        delivery = _manual(change, delivery_id)
        _check_rings(change, delivery)
        is_open = delivery.state in OPEN_HANDOVER
        after = replace(delivery, snoozed_until=change.now) if is_open else delivery
        return disturb(change, delivery, after, by=PERSON, why="to be rung once more", who=who)


def _manual(change: Change, delivery_id: str) -> Delivery:
    delivery = change.need(Delivery, delivery_id, lock=True)
    if delivery.mode is not Mode.MANUAL:
        message = f"delivery {delivery.id} is published through Postiz; no agent has it"
        raise Conflict("not_manual", message)
    return delivery


def _check_rings(change: Change, delivery: Delivery) -> None:
    if delivery.state not in {_S.PLANNED, *OPEN_HANDOVER}:
        message = f"task {delivery.id} is {delivery.state}; hand it over again (send_again) instead"
        raise Conflict("not_open", message)
    if delivery.state is _S.PLANNED and delivery.due_at > change.now:
        message = f"task {delivery.id} is not due before {delivery.due_at.isoformat()}; it rings then"
        raise Conflict("not_due", message)
    reasons = [hold.reason for hold in holds_on(change.tx, delivery)]
    if not is_allowed(Step.REMIND, reasons):
        held = ", ".join(sorted(reasons))
        raise Conflict("held", f"task {delivery.id} is held ({held}); release the hold first")
