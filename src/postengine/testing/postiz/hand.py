"""A person's hand in Postiz's own dashboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from .agenda import Agenda
from .notes import note
from .posts import Posts
from .publishing import Publishing
from .rows import PostRow
from .store import Store


class Hand:
    """What a person can do to a post or a channel, by its id. An unknown id is a `KeyError`."""

    def __init__(self, store: Store, agenda: Agenda, posts: Posts, publishing: Publishing) -> None:
        self._store = store
        self._agenda = agenda
        self._posts = posts
        self._publishing = publishing

    def edit(self, post_id: str, content: str, *, loses_mark: bool = False) -> None:
        """Change the text. With `loses_mark`, unknown settings are dropped, as some versions may."""
        post = self._store.posts[post_id]
        post.content = content
        post.group = self._store.new_uuid()
        if loses_mark:
            post.settings = {name: value for name, value in post.settings.items() if name != "postengine"}

    def move(self, post_id: str, date: datetime) -> None:
        """Drag the post to another date; what is scheduled is scheduled anew."""
        post = self._store.posts[post_id]
        post.publish_date = date
        if post.state == "QUEUE":
            self._publishing.start(post, "person")

    def delete(self, post_id: str) -> None:
        """Delete the post."""
        self._posts.remove(self._store.posts[post_id])

    def promote(self, post_id: str) -> None:
        """Schedule a draft for its date."""
        post = self._store.posts[post_id]
        post.state = "QUEUE"
        self._publishing.start(post, "person")

    def publish(self, post_id: str) -> None:
        """Post it now."""
        post = self._store.posts[post_id]
        post.publish_date = self._agenda.server_now.replace(second=0, microsecond=0)
        self.promote(post_id)

    def copy(self, post_id: str) -> PostRow:
        """Make a draft with the same text, settings and date."""
        original = self._store.posts[post_id]
        copied = replace(
            original,
            id=self._store.new_id(),
            group=self._store.new_uuid(),
            state="DRAFT",
            settings=dict(original.settings),
            image=list(original.image),
            is_deleted=False,
            release_url=None,
            release_id=None,
            creation_method="WEB",
        )
        self._store.add(copied)
        return copied

    def lose_token(self, channel_id: str) -> None:
        """Let the network end its consent: the channel has to be connected anew, which no call tells."""
        account, channel = self._store.channel(channel_id)
        channel.is_refresh_needed = True
        note(
            account,
            f"Could not refresh your {channel.identifier} channel . Please go back to the system and "
            "connect it again https://postiz.example/launches",
            self._agenda.server_now,
        )

    def reconnect(self, channel_id: str) -> None:
        """Give a new consent, and enable the channel; what failed meanwhile stays failed.

        Its picture is stored anew, under another name.
        """
        _, channel = self._store.channel(channel_id)
        channel.is_refresh_needed = channel.is_disabled = False
        channel.picture = f"https://postiz.example/uploads/{self._store.new_name()}.png"

    def disable(self, channel_id: str) -> None:
        """Switch a channel off."""
        _, channel = self._store.channel(channel_id)
        channel.is_disabled = True
