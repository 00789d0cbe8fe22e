"""When a delivery is due, and when it is too late."""

from __future__ import annotations

from datetime import datetime, timedelta

from postengine.engine.ledger.change import Change
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import Mode

_FURTHEST = timedelta(days=730)


def check_times(change: Change, post: Post, channels: list[Channel]) -> list[Problem]:
    """Return what is wrong with when a post is due: long ago, too far ahead, or after its own end."""
    problems: list[Problem] = []
    if channels and all(miss_at(change, post, channel) <= change.now for channel in channels):
        message = (
            f"{post.local_time} in {post.zone} is longer ago than any channel's grace; choose a later time"
        )
        problems.append(Problem("scheduled_at", "in_the_past", message))
    if post.scheduled_at > change.now + _FURTHEST:
        message = f"{post.local_time} is more than two years ahead; choose a time within two years"
        problems.append(Problem("scheduled_at", "too_far", message))
    if post.not_after is not None and post.not_after <= post.scheduled_at:
        message = "not_after is not later than scheduled_at; nothing could ever be sent"
        problems.append(Problem("not_after", "before_start", message))
    return problems


def miss_at(change: Change, post: Post, channel: Channel) -> datetime:
    """Return when a delivery of `post` on `channel` is too late to be sent."""
    timings = change.ports.timings
    grace = timings.grace_automatic if channel.mode is Mode.AUTOMATIC else timings.grace_manual
    if channel.grace_s is not None:
        grace = timedelta(seconds=channel.grace_s)
    at = post.scheduled_at + grace
    return at if post.not_after is None else min(at, post.not_after)
