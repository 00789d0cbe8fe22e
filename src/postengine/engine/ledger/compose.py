"""What a delivery says, word for word: defaults, overrides, placeholders, hashtags, legal lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.placeholders import fill
from postengine.engine.posts.post import Content, MediaItem, Post
from postengine.engine.posts.tenant import Tenant

from .change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A delivery with all the rows that it draws on."""

    delivery: Delivery
    post: Post
    channel: Channel
    tenant: Tenant
    listing: Listing | None
    agent: Agent | None

    @property
    def content(self) -> Content:
        """The delivery's own content over the post's."""
        return self.delivery.overrides.over(self.post.content)

    @property
    def media(self) -> tuple[MediaItem, ...]:
        """The media of this delivery, in order."""
        return self.content.media or ()

    @property
    def settings(self) -> dict[str, object]:
        """The provider settings of the channel, then the post's, then the delivery's own."""
        return {**self.channel.settings, **(self.content.settings or {})}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a delivery, placeholders filled, and what could not be filled."""

    text: str
    first_comment: str
    problems: tuple[Problem, ...]


def scene_of(change: Change, delivery: Delivery) -> Scene:
    """Read all rows that `delivery` draws on."""
    post = change.need(Post, delivery.post_id)
    channel = change.need(Channel, delivery.channel_id)
    listing = change.need(Listing, post.listing_id) if post.listing_id else None
    agent_id = delivery.agent_id or post.agent_id or (listing.agent_id if listing else None)
    return Scene(
        delivery=delivery,
        post=post,
        channel=channel,
        tenant=change.need(Tenant, delivery.tenant_id),
        listing=listing,
        agent=change.need(Agent, agent_id) if agent_id else None,
    )


def words_of(scene: Scene) -> Words:
    """Return the text and the first comment of a delivery."""
    content = scene.content
    values = _values(scene)
    caption, problems = fill(content.caption or "", values, "caption")
    comment, comment_problems = fill(content.first_comment or "", values, "first_comment")
    hashtags = " ".join(f"#{tag.lstrip('#')}" for tag in content.hashtags or ())
    parts = [part for part in (caption, hashtags, scene.tenant.legal) if part]
    return Words("\n\n".join(parts), comment, (*problems, *comment_problems))


def _values(scene: Scene) -> Mapping[str, str]:
    values = {"title": scene.post.title, "tenant.name": scene.tenant.name}
    if scene.listing is not None:
        facts = scene.listing.facts
        values |= {
            "title": facts.title or scene.post.title,
            "price": facts.price,
            "address": facts.address,
            "area": facts.area,
            "bedrooms": _number(facts.bedrooms),
            "bathrooms": _number(facts.bathrooms),
            "description": facts.description,
            "url": facts.url,
        }
    if scene.agent is not None:
        agent = scene.agent
        values |= {"agent.name": agent.name, "agent.phone": agent.phone, "agent.email": agent.email}
    return values


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
