"""Calls about posts.

Of the writes only the DELETE of a group may be repeated. A second DELETE of a post answers 500; a second
promotion of a post that is just being published publishes it twice; a demotion that arrives late hides that a
post was published; and two merges of settings can undo each other's or a person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, JsonValue, TypeAdapter

from postengine.postiz.call import LIST_TIMEOUT_S, STATUS_TIMEOUT_S, WRITE_TIMEOUT_S, Call, path_id
from postengine.postiz.models import (
    CreatedPost,
    CreatePost,
    MissingRelease,
    Post,
    ReleaseChange,
    SettingsChange,
    StatusChange,
)
from postengine.postiz.models.post import DeletedAnswer, PostListAnswer
from postengine.postiz.models.wire import LAZILY, settings_object, wire_instant

_CREATED = TypeAdapter(tuple[CreatedPost, ...], config=LAZILY)
_MISSING = TypeAdapter(tuple[MissingRelease, ...], config=LAZILY)


def list_posts(start: datetime, end: datetime, customer_id: str | None = None) -> Call[tuple[Post, ...]]:
    """Ask for the posts with a publish date from `start` to `end`, both aware and included."""
    params = {"startDate": wire_instant(start), "endDate": wire_instant(end)}
    if customer_id is not None:
        params["customer"] = customer_id
    return Call("GET", "/posts", _read_list, params=params, timeout_s=LIST_TIMEOUT_S, is_repeatable=True)


def create_post(post: CreatePost) -> Call[tuple[CreatedPost, ...]]:
    """Create posts, or edit those whose ids the entries carry."""
    return Call(
        "POST", "/posts", _CREATED.validate_json, json=post.body(), timeout_s=WRITE_TIMEOUT_S, is_write=True
    )


def delete_post(post_id: str) -> Call[None]:
    """Delete a post; on success Postiz answers `{"error": true}`."""
    return Call(
        "DELETE",
        f"/posts/{path_id(post_id)}",
        _read_deleted,
        timeout_s=STATUS_TIMEOUT_S,
        is_write=True,
    )


def delete_group(group: str) -> Call[None]:
    """Delete the posts of a group, as many as there are; an unknown one is no error."""
    return Call(
        "DELETE",
        f"/posts/group/{path_id(group)}",
        _read_deleted,
        timeout_s=STATUS_TIMEOUT_S,
        is_write=True,
        is_repeatable=True,
    )


def set_status(post_id: str, status: Literal["draft", "schedule"]) -> Call[StatusChange]:
    """Promote a draft or demote a scheduled post."""
    return Call(
        "PUT",
        f"/posts/{path_id(post_id)}/status",
        StatusChange.model_validate_json,
        json={"status": status},
        timeout_s=STATUS_TIMEOUT_S,
        is_write=True,
    )


def merge_settings(post_id: str, settings: Mapping[str, JsonValue] | BaseModel) -> Call[SettingsChange]:
    """Replace those settings of a post that are named, and keep the others."""
    return Call(
        "PUT",
        f"/posts/{path_id(post_id)}/settings",
        SettingsChange.model_validate_json,
        json={"settings": settings_object(settings)},
        timeout_s=WRITE_TIMEOUT_S,
        is_write=True,
    )


def set_release_id(post_id: str, release_id: str) -> Call[ReleaseChange]:
    """Tell Postiz which of the network's posts this one is; taken once, while its own is `missing`."""
    return Call(
        "PUT",
        f"/posts/{path_id(post_id)}/release-id",
        ReleaseChange.model_validate_json,
        json={"releaseId": release_id},
        timeout_s=WRITE_TIMEOUT_S,
        is_write=True,
    )


def list_missing(post_id: str) -> Call[tuple[MissingRelease, ...]]:
    """Ask which of the network's posts this one may be; empty unless its release id is `missing`."""
    return Call("GET", f"/posts/{path_id(post_id)}/missing", _MISSING.validate_json, is_repeatable=True)


def _read_list(body: bytes) -> tuple[Post, ...]:
    """Keep each id once: a repeating post is listed once a date, and its own date is the `actualDate`."""
    once: dict[str, Post] = {}
    for post in PostListAnswer.model_validate_json(body).posts:
        own = post.actual_date or post.publish_date
        once.setdefault(post.id, post.model_copy(update={"publish_date": own}))
    return tuple(once.values())


def _read_deleted(body: bytes) -> None:
    DeletedAnswer.model_validate_json(body)
