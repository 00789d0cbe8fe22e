"""What the agent's phone tells: seen, opened, shared, posted, cannot, later; often late or out of order."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.moving import disturb
from postengine.engine.ports import Above, AtMost
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.moves import PHONE
from postengine.engine.posts.states import DeliveryState, Step

from .hearing import MOST_SNOOZES as MOST_SNOOZES
from .hearing import Ear
from .telling import PhoneSays as PhoneSays
from .telling import PhoneTells as PhoneTells

_S = DeliveryState


def hear(
    change: Change, delivery: Delivery, tells: PhoneTells, *, who: str, device: Device | None = None
) -> Delivery:
    """Write down what a phone tells about a locked delivery, and return the delivery.

    Args:
        change: The open change.
        delivery: As it is stored, locked.
        tells: The event.
        who: Written into the history.
        device: The phone; None where it is not known. The others are told when the task ends.

    Raises:
        Conflict: It contradicts how the delivery has ended (code `ended`), or there were too many snoozes.
        Invalid: A snooze without a time, or past the end.
    """
    return Ear(change, delivery, tells, who, device).hear()


def polled(change: Change, agent_id: str, *, who: str) -> None:
    """A phone has asked for its tasks: those that are due count as notified, push or no push."""
    where = {
        "agent_id": agent_id,
        "state": _S.PLANNED,
        "next_step": (Step.NOTIFY, Step.MESSAGE, Step.REASSIGN),
        "is_media_ready": True,
        "due_at": AtMost(change.now),
        "miss_at": Above(change.now),
    }
    for delivery in change.tx.find(Delivery, where, lock=True):
        after = replace(delivery, state=_S.NOTIFIED, rang_at=change.now, message_at=None, reason=None)
        disturb(change, delivery, after, by=PHONE, why="the phone asked for its tasks", who=who)
