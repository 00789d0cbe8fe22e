"""Approve a post: what is still in time goes on."""

from __future__ import annotations

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.placing import release
from postengine.engine.ports import Ports
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import HoldReason


def approve_post(
    ports: Ports, post_id: str, *, who: str = "person", connection: object | None = None
) -> Post:
    """Release the post's `unapproved` hold; approving twice changes nothing.

    Raises:
        NotFound: There is no such post.
    """
    with changing(ports, connection) as change:
        post = change.need(Post, post_id)
        where = {"scope_id": post.id, "reason": HoldReason.UNAPPROVED, "released_at": None}
        for hold in change.tx.find(Hold, where, lock=True):
            release(change, hold, who=who)
            change.note(post, by=who, why="approved", tenant_id=post.tenant_id, subject_id=post.id)
        return post
