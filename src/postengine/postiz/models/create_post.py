"""What `POST /posts` takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue, field_serializer, field_validator

from .wire import SendableText, Sent, Settings, wire_instant

_EXTENSIONS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4")


def has_postable_extension(path: str) -> bool:
    """Tell whether Postiz attaches what lies at `path`: it looks at the extension only, in lower case."""
    return path.partition("?")[0].endswith(_EXTENSIONS)


class MediaRef(Sent):
    """A picture or video of a post.

    Attributes:
        id: The uploaded media's id; Postiz checks only that there is one.
        path: Its absolute URL, ending in one of six extensions in lower case.
        alt: Text for those who do not see it.
        thumbnail: Absolute URL of a video's cover.
    """

    id: SendableText
    path: SendableText
    alt: SendableText | None = None
    thumbnail: SendableText | None = None

    @field_validator("path")
    @classmethod
    def _has_an_extension_that_postiz_takes(cls, path: str) -> str:
        if not has_postable_extension(path):
            raise ValueError(f"Postiz takes media whose path ends in one of {', '.join(_EXTENSIONS)}")
        return path


class PostPart(Sent):
    """The post itself, or one comment of its thread.

    Attributes:
        content: Plain text or HTML, see `to_content`.
        image: Media in their order; always sent, even when empty.
        id: Only to edit a post in place; an unknown id is not adopted.
        delay: Minutes to wait before a comment.
    """

    content: SendableText
    image: tuple[MediaRef, ...] = ()
    id: SendableText | None = None
    delay: int | None = Field(default=None, ge=0)


class IntegrationRef(Sent):
    """The channel of an entry."""

    id: SendableText


class PostEntry(Sent):
    """One channel's post.

    Attributes:
        integration: Where it goes.
        value: The post, then its comments.
        settings: The provider's settings, as a mapping or as a model of them (kept as the mapping that it is
            sent as, without what is None). Unknown keys survive, so our mark is kept here.
        group: The group's id as listed, to drop comments left out. Postiz deletes the rest of that group.
    """

    integration: IntegrationRef
    value: Annotated[tuple[PostPart, ...], Field(min_length=1)]
    settings: Settings = Field(default_factory=dict[str, JsonValue])
    group: SendableText | None = None


class Tag(Sent):
    """A tag; Postiz drops those whose label the organisation does not have."""

    value: SendableText
    label: SendableText


class CreatePost(Sent):
    """A request to create posts, or to edit those whose ids it carries.

    Attributes:
        type: A `draft` never publishes; `schedule` publishes at `date`, at once if that has passed; `now`
            publishes at once; `update` edits and moves no timer.
        date: Aware; sent in UTC to the millisecond.
        posts: One entry a channel. They are not saved as one: an error may leave the first ones behind.
        short_link: Let Postiz's shortener rewrite links.
        tags: Tags of the organisation.
        republish: Allow `schedule` and `now` on a post that is already published.
        inter: Repeat every so many days.
    """

    type: Literal["draft", "schedule", "now", "update"]
    date: AwareDatetime
    posts: Annotated[tuple[PostEntry, ...], Field(min_length=1)]
    short_link: bool = False
    tags: tuple[Tag, ...] = ()
    republish: bool | None = None
    inter: int | None = Field(default=None, ge=1)

    @field_serializer("date")
    def _write_date(self, date: AwareDatetime) -> str:
        return wire_instant(date)

    def body(self) -> dict[str, JsonValue]:
        """Return the JSON body; what is None is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
