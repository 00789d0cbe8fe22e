"""Waiting until posts are published, or until it is sure that they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from postengine.clock import Clock
from postengine.postiz.calls import posts
from postengine.postiz.carrying.conversation import Conversation, ask, pause
from postengine.postiz.errors import PostizError
from postengine.postiz.models import Post, PostState

# When to look, in seconds after the wait began; then every 15 minutes.
_LOOKS_S = (20, 60, 120, 240, 480, 900, 1800)
_LATER_S = 900
_NEAR = timedelta(days=2)
_FAR = timedelta(days=400)


@dataclass(frozen=True)
class Outcome:
    """What became of a post, as far as it is known.

    Attributes:
        id: The post's id.
        state: As last listed; None if it was never seen.
        release_url: Where it can be seen.
        error: Why it failed, from newer servers only; see `match_failures` for the others.
        is_final: It will not change any more: published, live with a failed comment, or gone. An ERROR
            without a link is not final, for Postiz may try again for hours.
        is_live: It is on the network.
        is_gone: It is in no listing: deleted, or its channel is.
    """

    id: str
    state: PostState | str | None = None
    release_url: str | None = None
    error: str | None = None
    is_final: bool = False
    is_live: bool = False
    is_gone: bool = False


def outcome_of(post: Post) -> Outcome:
    """Judge one listed post."""
    is_live = post.state == PostState.PUBLISHED or (post.state == PostState.ERROR and bool(post.release_url))
    return Outcome(
        post.id, post.state, post.release_url, post.error, is_final=is_live, is_live=is_live, is_gone=False
    )


def wait_for(ids: Iterable[str], *, timeout_s: float, clock: Clock) -> Conversation[Mapping[str, Outcome]]:
    """Look until every post's outcome is final or the time is over.

    One listing a look serves all ids: after 20 s, 1, 2, 4, 8, 15 and 30 min, then every 15 min, and once more
    at the end. An id that is not near today is looked for within 400 days before it counts as gone. A look
    that fails for now is skipped.

    Args:
        ids: The posts' ids.
        timeout_s: How long to wait in all, in seconds.
        clock: Tells what near means, and how long it has been.

    Returns:
        An outcome for each id, in their order.

    Raises:
        PostizError: A look failed for good, such as on a wrong key.
    """
    outcomes = {post_id: Outcome(post_id) for post_id in ids}
    started = clock.monotonic()
    reach = (clock.now() - _NEAR, clock.now() + timedelta(seconds=timeout_s) + _NEAR)
    for look_at in _looks(timeout_s):
        open_ids = [post_id for post_id, outcome in outcomes.items() if not outcome.is_final]
        if not open_ids:
            break
        yield from pause(max(started + look_at - clock.monotonic(), 0.0))
        try:
            found = yield from _look(open_ids, reach, clock)
        except PostizError as error:
            if not error.retryable:
                raise
            continue
        for post_id in open_ids:
            post = found.get(post_id)
            if post is None:
                outcomes[post_id] = replace(outcomes[post_id], is_final=True, is_gone=True)
            else:
                outcomes[post_id] = outcome_of(post)
                reach = (min(reach[0], post.publish_date), max(reach[1], post.publish_date))
    return outcomes


def _looks(timeout_s: float) -> Iterator[float]:
    """Yield the seconds after the start at which to look, the last one at the end."""
    look_s: float
    index = 0
    while True:
        late = index - len(_LOOKS_S) + 1
        look_s = _LOOKS_S[index] if late < 1 else _LOOKS_S[-1] + _LATER_S * late
        if look_s >= timeout_s:
            yield timeout_s
            return
        yield look_s
        index += 1


def _look(
    ids: Iterable[str], reach: tuple[datetime, datetime], clock: Clock
) -> Conversation[Mapping[str, Post]]:
    """List what is within `reach`; and everything, if one of `ids` is not there."""
    near = yield from ask(posts.list_posts(*reach))
    found = {post.id: post for post in near.value}
    if not all(post_id in found for post_id in ids):
        far = yield from ask(posts.list_posts(clock.now() - _FAR, clock.now() + _FAR))
        found |= {post.id: post for post in far.value}
    return found
