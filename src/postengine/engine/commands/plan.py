"""Plan a post: store it with one delivery for each of its channels, or change the one that is there."""

from __future__ import annotations

from dataclasses import dataclass

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Invalid, Problem
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.local_time import load_zone, resolve
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.states import OFF_MARKET, HoldReason, HoldScope, Mode
from postengine.engine.posts.tenant import Tenant

from .cancel import cancel_in
from .deliver import ChannelUse as ChannelUse
from .deliver import add_delivery
from .edit import PostChanges, edit_in
from .times import check_times


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """What is asked for.

    Attributes:
        external_id: The caller's own id; a post with the same one is changed instead.
        scheduled_at: Local time in `zone`, or with an offset; None means now.
        zone: IANA name; None means the agent's, else the tenant's.
        is_approved: If not, nothing is staged until `approve`.
    """

    tenant_id: str
    external_id: str | None = None
    listing_id: str | None = None
    agent_id: str | None = None
    title: str
    content: Content
    channels: tuple[ChannelUse, ...]
    scheduled_at: str | None = None
    zone: str | None = None
    not_after: str | None = None
    campaign: str = ""
    is_approved: bool = True


def plan_post(ports: Ports, new: NewPost, *, who: str = "person", connection: object | None = None) -> Post:
    """Store a post and its deliveries; return it.

    Args:
        ports: What the engine works with.
        new: What is asked for.
        who: Written into the history.
        connection: The caller's own open transaction: the post is there exactly if they commit.

    Raises:
        NotFound: The tenant, listing, agent or a channel does not exist.
        Invalid: With all problems of the times, texts and media.
        Conflict: A post with this external id has been published.
    """
    with changing(ports, connection) as change:
        known = _find_known(change, new)
        return _plan_new(change, new, who) if known is None else _plan_again(change, known, new, who)


def _find_known(change: Change, new: NewPost) -> Post | None:
    if new.external_id is None:
        return None
    where = {"tenant_id": new.tenant_id, "external_id": new.external_id}
    return next(iter(change.tx.find(Post, where, limit=1, lock=True)), None)


def _plan_again(change: Change, known: Post, new: NewPost, who: str) -> Post:
    """Bring a post that is there to what is asked for: channels that are no longer named are cancelled."""
    tenant, channels = _check(change, new)
    if not new.is_approved and not change.tx.count(Hold, _unapproved_where(known)):
        change.tx.add(_unapproved(change, known, who))
    named = {channel.id for channel in channels}
    deliveries = change.tx.find(Delivery, {"post_id": known.id}, lock=True)
    for delivery in deliveries:
        if delivery.channel_id not in named:
            cancel_in(change, delivery, why="its channel is no longer named", who=who)
    post = edit_in(change, known, _as_changes(new, known), who=who)
    there = {delivery.channel_id for delivery in deliveries}
    problems: list[Problem] = []
    for use, channel in zip(new.channels, channels, strict=True):
        if channel.id not in there:
            problems += add_delivery(change, tenant, post, channel, use)
    if problems:
        raise Invalid(problems)
    return post


def _as_changes(new: NewPost, known: Post) -> PostChanges:
    """Return what `new` changes; the same time once more is no change, wherever the post was moved since."""
    is_same_time = new.scheduled_at == known.local_time and new.zone in {None, known.zone}
    return PostChanges(
        title=new.title,
        content=new.content,
        overrides={use.channel_id: use.overrides for use in new.channels},
        scheduled_at=None if is_same_time else new.scheduled_at,
        zone=new.zone,
        not_after=new.not_after,
        listing_id=new.listing_id,
        agent_id=new.agent_id,
        campaign=new.campaign or None,
    )


def _check(change: Change, new: NewPost) -> tuple[Tenant, list[Channel]]:
    """Return the tenant and the channels, once all that is named exists and belongs together."""
    tenant = change.need(Tenant, new.tenant_id)
    listing = change.need(Listing, new.listing_id, lock=True) if new.listing_id else None
    agent = change.need(Agent, new.agent_id) if new.agent_id else None
    channels = [change.need(Channel, use.channel_id) for use in new.channels]
    problems = _check_ownership(new, tenant, listing, agent, channels)
    if problems:
        raise Invalid(problems)
    return tenant, channels


def _plan_new(change: Change, new: NewPost, who: str) -> Post:
    tenant, channels = _check(change, new)
    agent = change.need(Agent, new.agent_id) if new.agent_id else None
    zone = new.zone or (agent.zone if agent else None) or tenant.zone
    scheduled_at = change.now if new.scheduled_at is None else resolve(new.scheduled_at, zone)
    scheduled_at = scheduled_at.replace(microsecond=scheduled_at.microsecond // 1000 * 1000)
    not_after = None if new.not_after is None else resolve(new.not_after, zone, "not_after")
    load_zone(zone)
    post = Post(
        id=change.ports.ids.new("post"),
        tenant_id=tenant.id,
        external_id=new.external_id,
        listing_id=new.listing_id,
        agent_id=new.agent_id,
        title=new.title,
        content=new.content,
        scheduled_at=scheduled_at,
        local_time=new.scheduled_at or scheduled_at.isoformat(),
        zone=zone,
        not_after=not_after,
        campaign=new.campaign,
        created_at=change.now,
        updated_at=change.now,
    )
    problems = check_times(change, post, channels)
    if problems:
        raise Invalid(problems)
    change.tx.add(post)
    change.note(post, by=who, why="planned", to_state="planned", tenant_id=tenant.id, subject_id=post.id)
    if not new.is_approved:
        change.tx.add(_unapproved(change, post, who))
    for use, channel in zip(new.channels, channels, strict=True):
        problems += add_delivery(change, tenant, post, channel, use)
    if problems:
        raise Invalid(problems)
    return post


def _check_ownership(
    new: NewPost, tenant: Tenant, listing: Listing | None, agent: Agent | None, channels: list[Channel]
) -> list[Problem]:
    problems: list[Problem] = []
    if not new.channels:
        problems.append(Problem("channels", "missing", "a post goes to at least one channel; name one"))
    if len({channel.id for channel in channels}) < len(channels):
        problems.append(Problem("channels", "repeated", "a channel is named twice; name each once"))
    for row, name in ((listing, "listing_id"), (agent, "agent_id")):
        if row is not None and row.tenant_id != tenant.id:
            problems.append(Problem(name, "foreign", f"{row.id} belongs to another tenant"))
    if listing is not None and listing.status in OFF_MARKET:
        message = f"listing {listing.external_id} is {listing.status}; put it back on the market first"
        problems.append(Problem("listing_id", "off_market", message))
    for index, channel in enumerate(channels):
        if channel.tenant_id != tenant.id:
            message = f"channel {channel.id} belongs to another tenant"
            problems.append(Problem(f"channels[{index}]", "foreign", message))
        if channel.mode is Mode.AUTOMATIC and tenant.account_id is None:
            message = f"tenant {tenant.external_id} has no Postiz account; give it one first"
            problems.append(Problem(f"channels[{index}]", "no_account", message))
    return problems


def _unapproved_where(post: Post) -> dict[str, object]:
    return {"scope_id": post.id, "reason": HoldReason.UNAPPROVED, "released_at": None}


def _unapproved(change: Change, post: Post, who: str) -> Hold:
    return Hold(
        id=change.ports.ids.new("hold"),
        tenant_id=post.tenant_id,
        scope=HoldScope.POST,
        scope_id=post.id,
        reason=HoldReason.UNAPPROVED,
        placed_by=who,
        from_at=change.now,
        is_applied=True,
        created_at=change.now,
    )
