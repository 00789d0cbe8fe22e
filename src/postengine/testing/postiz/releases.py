"""Calls about what became of a post: its release on the network, and its figures there."""

from __future__ import annotations

from pydantic import JsonValue

from .message import Reply, broken, json_reply
from .rows import Account, PostRow
from .store import Store

_MISSING = "missing"
_OFFERS_RELEASES = {"tiktok", "tiktok-business"}


class Releases:
    """Handles `release-id`, `missing` and the analytics."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def set_release_id(self, account: Account, post_id: str, body: JsonValue) -> Reply:
        """Write down the release of a post that Postiz lost it of; any other post is a 500."""
        post = self._own(account, post_id)
        if post is None or post.release_id != _MISSING:
            return broken()
        given = body.get("releaseId") if isinstance(body, dict) else None
        post.release_id = (
            "undefined" if given is None else str(given)
        )  # as JavaScript writes what is not there
        return json_reply(200, post.whole_row())

    def missing(self, account: Account, post_id: str) -> Reply:
        """List what the network offers as the release of such a post."""
        post = self._own(account, post_id)
        is_asked = post is not None and post.release_id == _MISSING
        if post is None or not is_asked or post.integration.identifier not in _OFFERS_RELEASES:
            return json_reply(200, [])
        return json_reply(200, list(post.integration.missing))

    def channel_analytics(self, account: Account, integration_id: str) -> Reply:
        """Tell a channel's figures."""
        channel = account.integrations.get(integration_id)
        return broken() if channel is None else json_reply(200, list(channel.analytics))

    def post_analytics(self, account: Account, post_id: str) -> Reply:
        """Tell a post's figures, if it was published."""
        post = self._own(account, post_id)
        if post is not None and post.release_id == _MISSING:
            return json_reply(200, {"missing": True})
        return json_reply(200, [] if post is None or post.release_id is None else list(post.analytics))

    def _own(self, account: Account, post_id: str) -> PostRow | None:
        post = self._store.own_post(account, post_id)
        return None if post is None or post.is_deleted else post
