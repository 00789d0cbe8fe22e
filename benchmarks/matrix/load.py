"""What is to go out: posts of several tenants, to networks and into agents' hands, soon, now and later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import (
    register_account,
    register_agent,
    register_channel,
    register_listing,
    register_tenant,
)
from postengine.engine.posts.facts import Facts
from postengine.engine.posts.post import Content

from .house import House
from .servers import channel_of

_STAGING = timedelta(milliseconds=80)
_PROMOTING = timedelta(milliseconds=80)
"""What a post may take, so that a busy machine keeps up."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the posts are what.

    Attributes:
        by_hand: Go into an agent's hand; the others to a network.
        now: Are due at once; the others within a span ahead.
    """

    by_hand: float = 0.15
    now: float = 0.15


@dataclass(slots=True)
class Load:
    """What was planned.

    Attributes:
        post_ids: In the order of planning.
        agents: The agent of each tenant, by the tenant's key.
        listings: A listing of each tenant's.
        last_at: When the last one is due.
    """

    last_at: datetime
    post_ids: list[str] = field(default_factory=list[str])
    tenants: dict[str, str] = field(default_factory=dict[str, str])
    agents: dict[str, str] = field(default_factory=dict[str, str])
    listings: dict[str, str] = field(default_factory=dict[str, str])
    networks: dict[str, ChannelUse] = field(default_factory=dict[str, ChannelUse])
    hands: dict[str, ChannelUse] = field(default_factory=dict[str, ChannelUse])


def settle_in(house: House) -> Load:
    """Register the tenants, each with an account, two channels, an agent and a listing."""
    ports = house.ports
    load = Load(last_at=ports.store.now())
    for key in house.keys:
        account = register_account(ports, house.postiz.url, key)
        tenant = register_tenant(ports, key, name=key, zone="UTC", account_id=account.id)
        agent = register_agent(ports, tenant.id, "ana", name="Ana Reis")
        network = register_channel(
            ports, tenant.id, "threads", kind="threads", name=key, integration_id=channel_of(key)
        )
        hand = register_channel(
            ports, tenant.id, "status", kind="whatsapp_status", name="Status", agent_id=agent.id
        )
        listing = register_listing(ports, tenant.id, "a-101", facts=Facts(title="3 Bedroom Apartment"))
        load.tenants[key], load.agents[key], load.listings[key] = tenant.id, agent.id, listing.id
        load.networks[key] = ChannelUse(channel_id=network.id)
        load.hands[key] = ChannelUse(channel_id=hand.id)
    return load


def plan_all(house: House, load: Load, posts: int, share: Share, words: Mapping[str, int]) -> None:
    """Plan that many posts, first due when the last one can be planned and staged before any is promoted.

    Args:
        house: Where.
        load: Gets the posts.
        posts: How many.
        share: Of which kinds.
        words: Stand in the captions of the first posts, each in so many.
    """
    chance = house.chance
    first = [word for word, count in words.items() for _ in range(count)]
    first_at = house.ports.store.now() + house.settings.timings.promote_lead + posts * _STAGING
    for number in range(posts):
        key = house.keys[number % len(house.keys)]
        is_by_hand = number >= len(first) and chance.random() < share.by_hand
        at = None if chance.random() < share.now else first_at + chance.random() * posts * _PROMOTING
        word = first[number] if number < len(first) else "lovely"
        new = NewPost(
            tenant_id=load.tenants[key],
            listing_id=load.listings[key],
            external_id=f"post-{number}",
            title=f"Post {number}",
            content=Content(caption=f"Post {number} of {key}, {word}"),
            channels=((load.hands if is_by_hand else load.networks)[key],),
            scheduled_at=None if at is None else at.isoformat(),
        )
        load.post_ids.append(plan_post(house.ports, new).id)
        load.last_at = max(load.last_at, at or load.last_at)
