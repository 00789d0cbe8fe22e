"""Calls about posts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from postengine.postiz.call import LIST_TIMEOUT_S, STATUS_TIMEOUT_S, WRITE_TIMEOUT_S, Call, path_id
from postengine.postiz.models import CreatedPost, CreatePost, Post, StatusChange
from postengine.postiz.models.post import DeletedAnswer, PostListAnswer
from postengine.postiz.models.wire import wire_instant

_LIST = TypeAdapter(PostListAnswer)
_CREATED = TypeAdapter(tuple[CreatedPost, ...])
_STATUS = TypeAdapter(StatusChange)
_DELETED = TypeAdapter(DeletedAnswer)


def list_posts(start: datetime, end: datetime, customer_id: str | None = None) -> Call[tuple[Post, ...]]:
    """Ask for the posts with a publish date from `start` to `end`, both aware and included."""
    params = {"startDate": wire_instant(start), "endDate": wire_instant(end)}
    if customer_id is not None:
        params["customer"] = customer_id
    return Call("GET", "/posts", _read_list, params=params, timeout_s=LIST_TIMEOUT_S)


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


def set_status(post_id: str, status: Literal["draft", "schedule"]) -> Call[StatusChange]:
    """Promote a draft or demote a scheduled post."""
    return Call(
        "PUT",
        f"/posts/{path_id(post_id)}/status",
        _STATUS.validate_json,
        json={"status": status},
        timeout_s=STATUS_TIMEOUT_S,
        is_write=True,
    )


def _read_list(body: bytes) -> tuple[Post, ...]:
    """Keep each id once: a repeating post is listed once a date, and its own date is the `actualDate`."""
    once: dict[str, Post] = {}
    for post in _LIST.validate_json(body).posts:
        own = post.actual_date or post.publish_date
        once.setdefault(post.id, post.model_copy(update={"publish_date": own}))
    return tuple(once.values())


def _read_deleted(body: bytes) -> None:
    _DELETED.validate_json(body)
