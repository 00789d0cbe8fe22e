"""The pictures and videos of a post, as they are asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from postengine.engine.posts.post import MediaItem, MediaKind, Subtitle

from .shape import Body

TemplateName = Annotated[
    str,
    Field(
        min_length=1, max_length=200, description="such as just_listed; of a card also user:NAME of your own"
    ),
]
Words = Annotated[str, Field(min_length=1, max_length=80)]
Shape = Literal["square", "portrait", "story", "landscape", "link"]


class TestimonialBody(Body):
    """What a client said, without quotation marks."""

    quote: str = Field(min_length=1, max_length=600)
    author: Words
    context: Words | None = None


class MarketBody(Body):
    """A number of the market, and how it moved."""

    label: Words
    value: str = Field(min_length=1, max_length=24)
    change_percent: float | None = Field(default=None, ge=-100, le=1000)
    series: list[float] = Field(default_factory=list[float], max_length=36, description="the oldest first")
    first: str | None = Field(default=None, max_length=16, description="under the chart's left end")
    last: str | None = Field(default=None, max_length=16, description="under its right end")
    source: Words | None = None


class SubtitleBody(Body):
    """Words over a reel, from one instant to another."""

    text: str = Field(min_length=1, max_length=200)
    starts_s: float = Field(ge=0, le=900, description="seconds from the beginning of the reel")
    ends_s: float = Field(gt=0, le=900)


class MediaBody(Body):
    """A picture or video; a carousel is several pictures with page marks."""

    kind: MediaKind
    photo_ids: list[str] = Field(default_factory=list[str], max_length=30)
    alt: str = Field(default="", max_length=2000)
    badge: str = Field(default="", max_length=60)
    seconds: float | None = Field(
        default=None, ge=1, le=90, description="of a reel; left out: as its photos ask"
    )
    template: TemplateName = "listing_card"
    pages: list[TemplateName] = Field(
        default_factory=list[str],
        max_length=10,
        description="templates of a carousel's pages; left out: one page for each photo",
    )
    shape: Shape | None = Field(default=None, description="left out: the channel's own")
    testimonial: TestimonialBody | None = None
    market: MarketBody | None = None
    music_id: str | None = Field(
        default=None, min_length=1, description="an uploaded sound beneath a reel; left out: the agency's own"
    )
    without_music: bool = Field(default=False, description="not even the agency's own is played")
    voice_id: str | None = Field(
        default=None, min_length=1, description="an uploaded voice of a reel; the music gives way to it"
    )
    subtitles: list[SubtitleBody] = Field(
        default_factory=list[SubtitleBody], max_length=100, description="of a reel, one after the other"
    )


def media_item(body: MediaBody) -> MediaItem:
    """Return the engine's media item."""
    return MediaItem(
        kind=body.kind,
        photo_ids=tuple(body.photo_ids),
        alt=body.alt,
        badge=body.badge,
        seconds=body.seconds,
        template=body.template,
        pages=tuple(body.pages),
        shape=body.shape,
        testimonial=None if body.testimonial is None else body.testimonial.model_dump(exclude_none=True),
        market=None if body.market is None else body.market.model_dump(exclude_none=True),
        music_id=body.music_id,
        without_music=body.without_music,
        voice_id=body.voice_id,
        subtitles=tuple(Subtitle(**one.model_dump()) for one in body.subtitles),
    )
