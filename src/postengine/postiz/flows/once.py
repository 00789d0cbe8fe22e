"""Creating a post once, as well as that goes in one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from postengine.clock import Clock
from postengine.postiz.budget import Budget
from postengine.postiz.calls import posts
from postengine.postiz.carrying.answer import Answer
from postengine.postiz.carrying.conversation import Conversation, ask, pause
from postengine.postiz.errors import PostizError
from postengine.postiz.models import CreatedPost, CreatePost, Post
from postengine.postiz.models.wire import settings_object

from .reconcile import MARK, ref_of
from .spend import spend

SETTLE_S = 60.0
_AROUND = timedelta(days=60)


@dataclass(frozen=True)
class CreatedOnce:
    """The post that stands for a ref.

    Attributes:
        post_id: Its id.
        how: `created` now, or `adopted`: found with the same ref on the same channel.
        others: Ids of further posts with this ref on this channel; somebody has to look at them.
    """

    post_id: str
    how: Literal["created", "adopted"]
    others: tuple[str, ...] = ()


def create_once(
    post: CreatePost,
    ref: str,
    *,
    key: str,
    settle_s: float,
    clock: Clock,
    budget: Budget | None,
    account: str,
    tenant: str | None,
    is_due_now: bool,
) -> Conversation[CreatedOnce]:
    """Create `post` unless one with `ref` is there; see `PostizClient.create_once`.

    Raises:
        ValueError: It has not exactly one entry.
        PostizError: Its answer was lost and it is not in a listing; or as `spend` does.
    """
    marked = mark(post, ref, key)
    found = yield from _find(marked, ref, key, clock)
    if found:
        return _adopted(found)
    sending: Conversation[Answer[tuple[CreatedPost, ...]]] = spend(
        budget, account, posts.create_post(marked), tenant=tenant, is_due_now=is_due_now
    )
    try:
        answer = yield from sending
    except PostizError as error:
        if not error.may_have_happened:
            raise
        yield from pause(settle_s)
        try:
            found = yield from _find(marked, ref, key, clock)
        except PostizError as blind:
            error.add_note(f"The listing after it failed, too: {blind}")
            raise error from blind
        if not found:
            raise
        return _adopted(found)
    return CreatedOnce(answer.value[0].post_id, "created")


def mark(post: CreatePost, ref: str, key: str = MARK) -> CreatePost:
    """Return `post` with `ref` in the settings of its only entry.

    Raises:
        ValueError: It has not exactly one entry: several are not saved as one, so they cannot be made once.
    """
    if len(post.posts) != 1:
        raise ValueError(f"A post that is made once has exactly one entry, not {len(post.posts)}.")
    entry = post.posts[0]
    settings = {**settings_object(entry.settings), key: {"ref": ref}}
    return post.model_copy(update={"posts": (entry.model_copy(update={"settings": settings}),)})


def _find(post: CreatePost, ref: str, key: str, clock: Clock) -> Conversation[list[Post]]:
    """List what has this ref on this channel; the date may have been moved by hand, or be that of `now`."""
    start = min(post.date, clock.now()) - _AROUND
    end = max(post.date, clock.now()) + _AROUND
    listed = yield from ask(posts.list_posts(start, end))
    channel = post.posts[0].integration.id
    return [found for found in listed.value if found.integration.id == channel and ref_of(found, key) == ref]


def _adopted(found: list[Post]) -> CreatedOnce:
    first, *others = found
    return CreatedOnce(first.id, "adopted", tuple(other.id for other in others))
