"""Short ways to tell what a phone tells, and to read what was rung, sent and tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear
from postengine.engine.commands.register import register_agent, register_channel
from postengine.engine.ledger.change import changing
from postengine.engine.posts.agent import Agent, Device, PushKind
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.testing.engine import FakeMessenger

from .world import World


def tell(world: World, post: Post, says: PhoneSays, device: Device | None = None, **more: object) -> Delivery:
    """Tell an event of the post's only delivery."""
    known: dict[str, object] = {"occurred_at": world.clock.now(), **more}
    tells = PhoneTells(says=says, **known)  # type: ignore[arg-type] # a test's own spelling
    with changing(world.ports) as change:
        (delivery,) = change.tx.find(Delivery, {"post_id": post.id}, lock=True)
        return hear(change, delivery, tells, who="phone", device=device)


def rings(world: World, kind: str = "manual_task") -> list[str]:
    """Return the ids of the devices that were rung so, oldest first."""
    return [id_ for id_, ring in world.notifier.rung if ring.kind == kind]


def phone(world: World, agent: Agent, *, seen_at: datetime | None = None) -> Device:
    """Give an agent a phone."""
    with changing(world.ports) as change:
        device = Device(
            id=world.ports.ids.new("dev"),
            tenant_id=agent.tenant_id,
            agent_id=agent.id,
            platform="android",
            model=f"Phone of {agent.name}",
            push_kind=PushKind.FCM,
            push_address=world.ports.ids.new("fid"),
            token_hash=world.ports.ids.new("hash"),
            last_seen_at=seen_at or change.now,
            created_at=change.now,
        )
        change.tx.add(device)
    return device


def colleague(world: World, name: str = "Rui", **changes: object) -> Agent:
    """Register another agent of the same agency."""
    return register_agent(
        world.ports,
        world.tenant.id,
        name.lower(),
        name=name,
        **changes,  # type: ignore[arg-type] # a test's own spelling
    )


def group(world: World, *, is_shared: bool = True) -> Channel:
    """Return the agency's Facebook group, posted to by Ana."""
    return register_channel(
        world.ports,
        world.tenant.id,
        "group",
        kind="facebook_group",
        name="Homes in Lisbon",
        agent_id=world.agent.id,
        url="https://www.facebook.com/groups/1",
        is_shared=is_shared,
    )


def with_messengers(world: World, *ways: str) -> list[FakeMessenger]:
    """Set up ways to tell an agent beside the push."""
    messengers = [FakeMessenger(way) for way in ways]
    world.ports = replace(world.ports, messengers=tuple(messengers))
    return messengers
