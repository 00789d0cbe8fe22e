"""A post: what is to be said, with which pictures, when; it gives its deliveries their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MediaKind(StrEnum):
    """What a media item becomes."""

    CARD = "card"
    CAROUSEL = "carousel"
    REEL = "reel"
    PHOTO = "photo"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitle:
    """Words that stand over a reel from one instant to another, in seconds from its beginning."""

    text: str
    starts_s: float
    ends_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """One picture or video of a post, or several pictures of one look.

    Attributes:
        kind: `card` (a drawn picture of a listing), `carousel` (cards with page marks), `reel` (a video of
            photos), `photo` (a photo, cut to the channel's shape), `file` (an uploaded file as it is).
        photo_ids: Ids of uploaded photos; empty means the listing's own, in order.
        alt: What a person who cannot see it is told.
        badge: Words on the picture in place of the template's own.
        seconds: Length of a reel; None is what suits its photos, its voice and its subtitles.
        template: How a card is drawn, one of `TEMPLATES`, or `user:` and the name of one of your own;
            of a reel one of `REEL_TEMPLATES`.
        pages: Templates of a carousel's pages, in order; empty means a page for each photo in `template`.
        shape: `square`, `portrait`, `story`, `landscape` or `link`; None means the channel's own.
        testimonial: What a client said: `quote`, `author` and perhaps `context`.
        market: A number of the market: `label` and `value`, perhaps `change_percent`, `series`, `first`,
            `last`, `source`.
        music_id: Id of an uploaded sound beneath a reel; None: the tenant's tune, if it has one.
        without_music: Not even the tenant's tune is played.
        voice_id: Id of an uploaded voice of a reel; the music gives way to it.
        subtitles: Of a reel, in the order of their times.
    """

    kind: MediaKind
    photo_ids: tuple[str, ...] = ()
    alt: str = ""
    badge: str = ""
    seconds: float | None = None
    template: str = "listing_card"
    pages: tuple[str, ...] = ()
    shape: str | None = None
    testimonial: dict[str, object] | None = None
    market: dict[str, object] | None = None
    music_id: str | None = None
    without_music: bool = False
    voice_id: str | None = None
    subtitles: tuple[Subtitle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a delivery says. In a delivery's overrides None means: as the post has it."""

    caption: str | None = None
    media: tuple[MediaItem, ...] | None = None
    first_comment: str | None = None
    hashtags: tuple[str, ...] | None = None
    settings: dict[str, object] | None = None

    def over(self, defaults: Content) -> Content:
        """Return this content with what is None taken from `defaults`; settings are merged key by key."""
        has_settings = self.settings is not None or defaults.settings is not None
        merged = {**(defaults.settings or {}), **(self.settings or {})}
        return Content(
            caption=defaults.caption if self.caption is None else self.caption,
            media=defaults.media if self.media is None else self.media,
            first_comment=defaults.first_comment if self.first_comment is None else self.first_comment,
            hashtags=defaults.hashtags if self.hashtags is None else self.hashtags,
            settings=merged if has_settings else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of a tenant.

    Attributes:
        scheduled_at: When it is due, in UTC; resolved from `local_time` and `zone` as they were given.
        not_after: Not sent later than this, whatever the grace (an open house: its end).
        campaign: A label for reports.
    """

    id: str
    tenant_id: str
    external_id: str | None = None
    listing_id: str | None = None
    agent_id: str | None = None
    title: str
    content: Content
    scheduled_at: datetime
    local_time: str
    zone: str
    not_after: datetime | None = None
    campaign: str = ""
    rev: int = 1
    created_at: datetime
    updated_at: datetime
