"""What Postiz tells of posts."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, JsonValue

from .wire import Received, UtcInstant


class PostState(StrEnum):
    """The states of a post. There is none for "being published": it is in `QUEUE` until it is over."""

    DRAFT = "DRAFT"
    QUEUE = "QUEUE"
    PUBLISHED = "PUBLISHED"
    ERROR = "ERROR"


def _parsed(settings: object) -> object:
    """Parse the settings, which come as JSON inside a string, or as null."""
    found: object = json.loads(settings) if isinstance(settings, str) else settings
    return {} if found is None else found


class PostIntegration(Received):
    """The channel of a listed post."""

    id: str
    provider_identifier: str = Field(default="", validation_alias="providerIdentifier")
    name: str | None = None
    picture: str | None = None


class Post(Received):
    """A listed post. Comments of a thread and media are never listed.

    Attributes:
        id: Its id; the same for each date of a repeating post.
        publish_date: When it goes out, UTC.
        state: One of `PostState`, or a word that a newer server uses.
        integration: Its channel.
        content: Sanitised HTML or plain text.
        release_url: Where it can be seen. Set in ERROR too, if only a comment failed.
        settings: The provider's settings and all unknown keys, parsed.
        group: Changes with every edit.
        creation_method: `API`, `WEB`, `CLI`, `MCP`, `AUTOPOST` or `UNKNOWN`.
        error: Why it failed; newer servers only.
    """

    id: str
    publish_date: UtcInstant = Field(validation_alias="publishDate")
    state: PostState | str = Field(union_mode="left_to_right")
    integration: PostIntegration
    content: str = ""
    release_url: str | None = Field(default=None, validation_alias="releaseURL")
    release_id: str | None = Field(default=None, validation_alias="releaseId")
    settings: Annotated[dict[str, JsonValue], BeforeValidator(_parsed)] = Field(
        default_factory=dict[str, JsonValue]
    )
    group: str | None = None
    creation_method: str | None = Field(default=None, validation_alias="creationMethod")
    interval_in_days: int | None = Field(default=None, validation_alias="intervalInDays")
    actual_date: UtcInstant | None = Field(default=None, validation_alias="actualDate")
    error: str | None = None


class PostListAnswer(Received):
    """The body of `GET /posts`."""

    posts: tuple[Post, ...]


class CreatedPost(Received):
    """One entry of the answer to `POST /posts`."""

    post_id: str = Field(validation_alias="postId")
    integration: str


class StatusChange(Received):
    """The answer to `PUT /posts/{id}/status`."""

    id: str
    state: PostState | str = Field(union_mode="left_to_right")


class SettingsChange(Received):
    """The answer to `PUT /posts/{id}/settings`."""

    post_id: str = Field(validation_alias="postId")
    publish_date: UtcInstant = Field(validation_alias="publishDate")


class ReleaseChange(Received):
    """The answer to `PUT /posts/{id}/release-id`: the post's row, of which this is kept."""

    model_config = ConfigDict(extra="ignore")

    id: str
    state: PostState | str = Field(union_mode="left_to_right")
    release_id: str | None = Field(default=None, validation_alias="releaseId")
    release_url: str | None = Field(default=None, validation_alias="releaseURL")


class MissingRelease(Received):
    """A post that the network shows and Postiz could not name; its `id` can be given to `set_release_id`."""

    id: str
    url: str | None = None


class SlotAnswer(Received):
    """The body of `GET /find-slot/{id}`: UTC, although it names no zone."""

    date: UtcInstant


class DeletedAnswer(Received):
    """The body of a DELETE: `{"error": true}` is its success."""

    error: bool
