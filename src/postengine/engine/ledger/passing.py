"""Passing a task of a shared channel to a colleague; a person's own account never leaves its owner."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import PERSONAL_KINDS, Channel, may_pass
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.states import DeliveryState

from .change import Change
from .moving import disturb, to_be_closed


def check_passable(channel: Channel) -> None:
    """Refuse to pass on what goes out through a person's own account, or was never marked as shared.

    Raises:
        Conflict: As said (codes `personal_channel`, `not_shared`).
    """
    if channel.kind in PERSONAL_KINDS:
        message = f"{channel.name} is a person's own {channel.kind}; it never leaves its owner"
        raise Conflict("personal_channel", message)
    if not may_pass(channel):
        message = f"{channel.name} is not marked as shared; mark it (is_shared), or let its agent post"
        raise Conflict("not_shared", message)


def pass_on(change: Change, delivery: Delivery, to: Agent, *, by: str, why: str, who: str) -> Delivery:
    """Give a locked, open task to another agent; return it. Its words stay those of the first one.

    The phones that were rung for it are told before the new ones ring: closing comes first in the plan.

    Raises:
        Conflict: The channel is a person's own or not shared, or the agent has the task already.
        Invalid: The agent is of another tenant.
    """
    check_passable(change.need(Channel, delivery.channel_id))
    if to.tenant_id != delivery.tenant_id:
        raise Invalid.one("agent", "unknown", "that agent is of another tenant; name a colleague")
    if to.id == delivery.agent_id:
        raise Conflict("has_it", f"{to.name} has task {delivery.id} already; resend it, or name a colleague")
    had_it = (*(delivery.former_agent_ids or ()), delivery.agent_id or "")
    after = replace(
        to_be_closed(delivery),
        state=DeliveryState.PLANNED,
        agent_id=to.id,
        first_agent_id=delivery.first_agent_id or delivery.agent_id,
        former_agent_ids=tuple(id_ for id_ in dict.fromkeys(had_it) if id_ and id_ != to.id) or None,
        passed_at=change.now,
        rev=delivery.rev + 1,
        rang_at=None,
        received_at=None,
        reminders=0,
        snoozes=0,
        snoozed_until=None,
        message_at=None,
        messaged_at=None,
        reason=None,
    )
    for code in ("no_answer", "no_colleague", "no_device"):
        change.clear_alert(code, delivery.id)
    return disturb(change, delivery, after, by=by, why=why, who=who)
