"""What a delivery says, word for word: defaults, overrides, placeholders, hashtags, legal lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from postengine.engine.ports import Wording
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.facts import Facts, FloorArea, Money
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.placeholders import fill
from postengine.engine.posts.post import Content, MediaItem, Post
from postengine.engine.posts.tenant import USUAL_LOCALE, Tenant

from .change import Change
from .legal import ends_with, legal_lines
from .pages import Page, pages_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A delivery with all the rows that it draws on, and the way in which its amounts are written."""

    delivery: Delivery
    post: Post
    channel: Channel
    tenant: Tenant
    listing: Listing | None
    agent: Agent | None
    wording: Wording

    @property
    def content(self) -> Content:
        """The delivery's own content over the post's."""
        return self.delivery.overrides.over(self.post.content)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pictures and videos of this delivery, in order; a carousel is several."""
        photos = self.listing.photo_ids if self.listing else ()
        return pages_of(self.content.media or (), photos)

    @property
    def media(self) -> tuple[MediaItem, ...]:
        """One item for each file of this delivery, in order."""
        return tuple(page.item for page in self.pages)

    @property
    def settings(self) -> dict[str, object]:
        """The provider settings of the channel, then the post's, then the delivery's own."""
        return {**self.channel.settings, **(self.content.settings or {})}

    @property
    def locale(self) -> str:
        """How its numbers and dates are written."""
        return self.tenant.locale or USUAL_LOCALE

    @property
    def legal(self) -> tuple[str, ...]:
        """The lines that stand below its caption."""
        return legal_lines(self.tenant, self.listing, self.agent)


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
    agent_id = delivery.first_agent_id or delivery.agent_id or post.agent_id
    agent_id = agent_id or (listing.agent_id if listing else None)
    return Scene(
        delivery=delivery,
        post=post,
        channel=channel,
        tenant=change.need(Tenant, delivery.tenant_id),
        listing=listing,
        agent=change.need(Agent, agent_id) if agent_id else None,
        wording=change.ports.wording,
    )


def words_of(scene: Scene) -> Words:
    """Return the text and the first comment of a delivery."""
    content = scene.content
    values = _values(scene)
    caption, problems = fill(content.caption or "", values, "caption")
    comment, comment_problems = fill(content.first_comment or "", values, "first_comment")
    hashtags = " ".join(f"#{tag.lstrip('#')}" for tag in content.hashtags or ())
    lines = () if ends_with(caption, scene.legal) else scene.legal
    parts = [part for part in (caption, hashtags, "\n".join(lines)) if part]
    return Words("\n\n".join(parts), comment, (*problems, *comment_problems))


def _values(scene: Scene) -> Mapping[str, str]:
    values = {"title": scene.post.title, "tenant.name": scene.tenant.name}
    if scene.listing is not None:
        values |= _facts(scene, scene.listing.facts)
    if scene.agent is not None:
        agent = scene.agent
        values |= {
            "agent.name": agent.name,
            "agent.phone": agent.phone,
            "agent.email": agent.email,
            "agent.role": agent.role or "",
            "agent.licence": agent.licence or "",
        }
    return values


def _facts(scene: Scene, facts: Facts) -> dict[str, str]:
    """Return what may be said in public, written as the tenant's locale writes it."""
    return {
        "title": facts.title or scene.post.title,
        "price": _price(scene, facts.price),
        "old_price": _price(scene, facts.old_price),
        "address": facts.shown_address,
        "street": facts.shown_street,
        "locality": facts.shown_locality,
        "area": _area(scene, facts.area),
        "bedrooms": _number(facts.bedrooms),
        "bathrooms": _number(facts.bathrooms),
        "visit": "" if facts.visit is None else scene.wording.visit(facts.visit, scene.locale),
        "energy_class": facts.energy_class,
        "description": facts.description,
        "url": facts.url,
    }


def _price(scene: Scene, price: str | Money) -> str:
    return price if isinstance(price, str) else scene.wording.money(price, scene.locale)


def _area(scene: Scene, area: str | FloorArea) -> str:
    return area if isinstance(area, str) else scene.wording.area(area, scene.locale)


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
