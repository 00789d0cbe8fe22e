"""What is known of deliveries: what they are, what was asked of the outside world, what was seen there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from postengine.engine.ports import R, Transaction
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Attempt, RemotePost

_AT_ONCE = 500
_MOST_LINES = 20


def evidence_of(tx: Transaction, deliveries: Sequence[Delivery]) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of evidence of each delivery, by its id."""
    ids = [row.id for row in deliveries]
    posts = {row.id: row for row in among(tx, Post, "id", (row.post_id for row in deliveries))}
    channels = {row.id: row for row in among(tx, Channel, "id", (row.channel_id for row in deliveries))}
    attempts: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in among(tx, Attempt, "delivery_id", ids):
        attempts[attempt.delivery_id].append(attempt)
    remotes: dict[str, list[RemotePost]] = defaultdict(list)
    for remote in among(tx, RemotePost, "delivery_id", ids):
        remotes[remote.delivery_id].append(remote)
    return {
        row.id: (
            _named(row, posts[row.post_id], channels[row.channel_id]),
            *_asked(row, attempts[row.id]),
            *_at_postiz(row, remotes[row.id]),
            *_seen(row),
        )
        for row in deliveries
    }


def among(tx: Transaction, kind: type[R], name: str, values: Iterable[str]) -> list[R]:
    """Return the rows whose field `name` is among `values`, some hundred at a time."""
    wanted = sorted(set(values))
    parts = (tuple(wanted[start : start + _AT_ONCE]) for start in range(0, len(wanted), _AT_ONCE))
    return [row for part in parts for row in tx.find(kind, {name: part})]


def shown(at: datetime) -> str:
    """Return an instant as a person reads it."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _named(row: Delivery, post: Post, channel: Channel) -> str:
    return f'"{post.title}" on {channel.name} ({channel.kind}), due {shown(row.due_at)}'


def _asked(row: Delivery, attempts: Sequence[Attempt]) -> list[str]:
    """Return what was asked for in the present occurrence, oldest first."""
    present = (attempt for attempt in attempts if attempt.occurrence == row.occurrence)
    placed = sorted(present, key=lambda attempt: (attempt.opened_at, attempt.id))
    return [_line(attempt) for attempt in placed[-_MOST_LINES:]]


def _line(attempt: Attempt) -> str:
    of = f" of {attempt.remote_id}" if attempt.remote_id else ""
    outcome = attempt.outcome or "never closed: its process died"
    detail = f": {attempt.detail}" if attempt.detail else ""
    return f"{shown(attempt.opened_at)} {attempt.verb}{of}: {outcome}{detail}"


def _at_postiz(row: Delivery, remotes: Sequence[RemotePost]) -> list[str]:
    ours = [remote for remote in remotes if remote.occurrence == row.occurrence]
    return [f"made at Postiz: {_remote(remote)}" for remote in sorted(ours, key=lambda one: one.made_at)]


def _remote(remote: RemotePost) -> str:
    if remote.gone_at is not None:
        return f"{remote.id}, seen gone {shown(remote.gone_at)}"
    asked = "never promoted" if remote.asked_at is None else f"asked to publish {shown(remote.asked_at)}"
    return f"{remote.id} for {shown(remote.publish_at)}, {asked}"


def _seen(row: Delivery) -> list[str]:
    if row.seen_state is None or row.seen_at is None:
        return [] if row.account_id is None else ["no listing of Postiz has shown it yet"]
    return [f"seen at Postiz {shown(row.seen_at)}: {row.seen_state}"]
