"""What is asked for about posts, and what the engine is asked in turn."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from postengine.engine.commands.plan import ChannelUse, NewPost
from postengine.engine.ports import Transaction
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Content
from postengine.engine.posts.states import PostStatus
from reference_app.tokens import Access

from .media import MediaBody, media_item
from .references import choose_named, choose_tenant
from .shape import Body, ExternalId, Instant, Listed, Reference

When = Annotated[str, Field(min_length=10, max_length=40, description="2026-12-01T18:00, or with an offset")]
Caption = Annotated[str, Field(max_length=100_000)]
Hashtags = Annotated[list[Annotated[str, Field(min_length=1, max_length=100)]], Field(max_length=60)]


class ContentBody(Body):
    """What is said."""

    caption: Caption | None = None
    media: list[MediaBody] | None = Field(default=None, max_length=20)
    first_comment: str | None = Field(default=None, max_length=10_000)
    hashtags: Hashtags | None = None
    settings: dict[str, object] | None = None


class ChannelUseBody(ContentBody):
    """A channel, with what differs there."""

    channel: Reference


def _as_use(given: object) -> object:
    return {"channel": given} if isinstance(given, str) else given


Use = Annotated[ChannelUseBody, BeforeValidator(_as_use, json_schema_input_type=str | ChannelUseBody)]


class NewPostBody(ContentBody):
    """A post; one with the same external id is changed instead."""

    tenant: Reference | None = None
    external_id: ExternalId | None = None
    listing: Reference | None = None
    agent: Reference | None = None
    title: str = Field(min_length=1, max_length=300)
    channels: list[Use] = Field(min_length=1, max_length=50)
    scheduled_at: When | None = Field(default=None, description="local time in `zone`; left out: now")
    zone: str | None = Field(default=None, min_length=1, max_length=100)
    not_after: When | None = None
    campaign: str = Field(default="", max_length=200)
    approved: bool = True


class PostChangeBody(ContentBody):
    """What is to change."""

    title: str | None = Field(default=None, min_length=1, max_length=300)
    channels: list[Use] = Field(default_factory=list[ChannelUseBody], max_length=50)
    scheduled_at: When | None = None
    zone: str | None = Field(default=None, min_length=1, max_length=100)
    not_after: When | None = None


class RescheduleBody(Body):
    """Another time."""

    scheduled_at: When
    zone: str | None = Field(default=None, min_length=1, max_length=100)
    not_after: When | None = None


class CancelBody(Body):
    """Why."""

    why: str = Field(default="cancelled", min_length=1, max_length=300)


class PostsWanted(Listed):
    """Which posts are wanted."""

    external_id: ExternalId | None = None
    listing: Reference | None = None
    agent: Reference | None = None
    campaign: str | None = None
    status: PostStatus | None = None
    needs_decision: bool | None = None
    scheduled_from: Instant | None = None
    scheduled_to: Instant | None = None


def content_of(body: ContentBody) -> Content:
    """Return the engine's content."""
    media = None
    if body.media is not None:
        media = tuple(media_item(one) for one in body.media)
    return Content(
        caption=body.caption,
        media=media,
        first_comment=body.first_comment,
        hashtags=None if body.hashtags is None else tuple(body.hashtags),
        settings=body.settings,
    )


def uses_of(tx: Transaction, access: Access, uses: list[ChannelUseBody], tenant_id: str) -> list[ChannelUse]:
    """Return the channels that a body names, with what differs there."""
    return [
        ChannelUse(
            channel_id=choose_named(
                tx, access, Channel, use.channel, tenant_id, f"channels[{index}].channel"
            ).id,
            overrides=content_of(use),
        )
        for index, use in enumerate(uses)
    ]


def new_post(tx: Transaction, access: Access, body: NewPostBody) -> NewPost:
    """Return what the engine is asked to plan; all that the body names belongs to one tenant."""
    tenant = choose_tenant(tx, access, body.tenant)
    listing = agent = None
    if body.listing is not None:
        listing = choose_named(tx, access, Listing, body.listing, tenant.id, "listing")
    if body.agent is not None:
        agent = choose_named(tx, access, Agent, body.agent, tenant.id, "agent")
    return NewPost(
        tenant_id=tenant.id,
        external_id=body.external_id,
        listing_id=None if listing is None else listing.id,
        agent_id=None if agent is None else agent.id,
        title=body.title,
        content=content_of(body),
        channels=tuple(uses_of(tx, access, body.channels, tenant.id)),
        scheduled_at=body.scheduled_at,
        zone=body.zone,
        not_after=body.not_after,
        campaign=body.campaign,
        is_approved=body.approved,
    )
