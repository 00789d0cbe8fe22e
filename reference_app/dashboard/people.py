"""What the page of agents shows: their phones, and what is to be posted next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from postengine.engine.ports import AtMost, Ports, Transaction
from postengine.engine.posts.agent import Agent, Device, PushKind
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import OPEN_HANDOVER, DeliveryState, Mode
from postengine.engine.posts.tenant import Tenant
from reference_app.tokens import Access

_AHEAD = timedelta(hours=24)
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLine:
    """A phone as a line; `trouble` says why it may not ring."""

    id: str
    name: str
    seen_at: str
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task as a line."""

    id: str
    title: str
    channel: str
    state: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLine:
    """An agent with phones, and with the tasks that are open or due within a day."""

    id: str
    name: str
    tenant: str
    phones: list[PhoneLine]
    tasks: list[TaskLine]


def read_agents(ports: Ports, access: Access) -> list[AgentLine]:
    """Return the agents that one who has `access` may see."""
    whose: dict[str, object] = {} if access.is_operator else {"tenant_id": access.tenant_id}
    with ports.store.transaction() as tx:
        agents = tx.find(Agent, whose, order_by="name", limit=_MOST)
        return [_line(tx, agent, ports) for agent in agents]


def _line(tx: Transaction, agent: Agent, ports: Ports) -> AgentLine:
    tenant = tx.get(Tenant, agent.tenant_id)
    devices = tx.find(Device, {"agent_id": agent.id, "revoked_at": None})
    silent_before = tx.now - ports.timings.silent_after
    return AgentLine(
        id=agent.id,
        name=agent.name,
        tenant="" if tenant is None else tenant.name,
        phones=[_phone(device, silent_before) for device in devices],
        tasks=_tasks(tx, agent),
    )


def _phone(device: Device, silent_before: datetime) -> PhoneLine:
    seen_at = device.last_seen_at or device.created_at
    return PhoneLine(
        id=device.id,
        name=device.model or device.platform,
        seen_at=seen_at.isoformat(),
        trouble=_trouble(device, is_silent=seen_at <= silent_before),
    )


def _trouble(device: Device, *, is_silent: bool) -> str:
    if is_silent:
        return "silent"
    if device.push_lost_at is not None:
        return "its registration is lost: open the app on it"
    return "only asks, never rings" if device.push_kind is PushKind.NONE else ""


def _tasks(tx: Transaction, agent: Agent) -> list[TaskLine]:
    whose = {"agent_id": agent.id, "mode": Mode.MANUAL}
    soon = {**whose, "state": DeliveryState.PLANNED, "due_at": AtMost(tx.now + _AHEAD)}
    found: Sequence[Delivery] = (
        *tx.find(Delivery, {**whose, "state": OPEN_HANDOVER}, order_by="due_at", limit=_MOST),
        *tx.find(Delivery, soon, order_by="due_at", limit=_MOST),
    )
    posts = {row.id: row for row in tx.find(Post, {"id": tuple(row.post_id for row in found)})}
    channels = {row.id: row for row in tx.find(Channel, {"id": tuple(row.channel_id for row in found)})}
    return [
        TaskLine(
            id=row.id,
            title=posts[row.post_id].title,
            channel=channels[row.channel_id].name,
            state=row.state.value,
            due_at=row.due_at.isoformat(),
        )
        for row in found
    ]
