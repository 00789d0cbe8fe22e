"""One post on one channel: the making of a delivery."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.compose import scene_of
from postengine.engine.ledger.moving import write
from postengine.engine.posts.channel import PERSONAL_KINDS, Channel
from postengine.engine.posts.delivery import Delivery, make_ref
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.states import Mode
from postengine.engine.posts.tenant import Tenant

from .refresh import refresh_media, the_problems
from .times import miss_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUse:
    """A channel that a post goes to, with what differs there."""

    channel_id: str
    overrides: Content = field(default_factory=Content)


def add_delivery(
    change: Change, tenant: Tenant, post: Post, channel: Channel, use: ChannelUse
) -> list[Problem]:
    """Plan a delivery of `post` on `channel`; return what is wrong with it instead, if anything is."""
    agent_id = channel.agent_id or (post.agent_id if channel.mode is Mode.MANUAL else None)
    is_ownerless = channel.kind in PERSONAL_KINDS and channel.agent_id is None
    if channel.mode is Mode.MANUAL and (agent_id is None or is_ownerless):
        message = f"channel {channel.external_id} is posted to by hand and has no agent; give it one"
        return [Problem("channels", "no_agent", message)]
    ref = make_ref(tenant.external_id, post.external_id or post.id, channel.external_id, 1)
    delivery = Delivery(
        id=change.ports.ids.new("del"),
        tenant_id=tenant.id,
        post_id=post.id,
        channel_id=channel.id,
        agent_id=agent_id,
        account_id=tenant.account_id if channel.mode is Mode.AUTOMATIC else None,
        listing_id=post.listing_id,
        mode=channel.mode,
        overrides=use.overrides,
        due_at=post.scheduled_at,
        miss_at=miss_at(change, post, channel),
        ref=ref,
        created_at=change.now,
        updated_at=change.now,
    )
    scene = scene_of(change, delivery)
    problems = the_problems(change, scene)
    if problems:
        return problems
    delivery = refresh_media(change, scene)
    change.tx.add(delivery)
    write(change, delivery, replace(delivery), by="plan")
    return []
