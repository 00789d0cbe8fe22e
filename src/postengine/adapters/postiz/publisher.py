"""The engine's Publisher over the Postiz SDK."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import cast

from pydantic import JsonValue

from postengine.clock import Clock, SystemClock
from postengine.engine.ports import AccountHealth, Answered, Draft, KnownMedia, Made, Seen, Sighting
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Problem, Sick
from postengine.engine.posts.states import HoldScope
from postengine.engine.posts.tenant import Account
from postengine.postiz import (
    Answer,
    CreatedPost,
    DraftPost,
    PostizAnswerInvalid,
    PostizClient,
    PostizFailed,
    PostizKeyRefused,
    PostizRejected,
    TargetChannel,
    match_failures,
    validate,
)

from .health import read_health
from .wire import create_post, to_fact, to_post, to_seen


class PostizPublisher:
    """Publishes through Postiz, with one client for each account.

    Args:
        clock: Measures how long answers take.
        connect: Makes the client of an account; tests hand in one with a transport of their own.
    """

    def __init__(
        self, clock: Clock | None = None, connect: Callable[[Account, Clock], PostizClient] | None = None
    ) -> None:
        self._clock = clock or SystemClock()
        self._connect = connect or _connect
        self._clients: dict[tuple[str, str], PostizClient] = {}
        self._lock = Lock()

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        """Return every post of the account dated from `start` to `end`."""
        with _sick_account(account):
            answer = self._client(account).list_posts(start, end)
        if answer.server_time is None:
            raise PostizAnswerInvalid(
                "The listing came without a Date header, which judges what is in time; check the proxy.",
                status_code=HTTPStatus.OK,
                body=b"",
                is_write=False,
            )
        return Sighting(posts=tuple(to_seen(post) for post in answer.value), server_time=answer.server_time)

    def draft(self, account: Account, draft: Draft) -> Made:
        """Make a draft; it never publishes by itself."""
        with _sick_account(account):
            return _made(self._client(account).create_post(create_post(draft)))

    def rewrite(self, account: Account, seen: Seen, draft: Draft) -> Made:
        """Replace the draft that was `seen`, comments and all; it keeps its id."""
        with _sick_account(account):
            return _made(self._client(account).create_post(create_post(draft, replacing=seen)))

    def promote(self, account: Account, remote_id: str) -> Answered:
        """Let Postiz publish the post at its date."""
        try:
            with _sick_account(account):
                answer = self._client(account).set_status(remote_id, "schedule")
        except PostizRejected as refused:
            if refused.status_code == HTTPStatus.NOT_FOUND:  # an unknown post would be a 400
                message = f"{account.base_url} cannot promote drafts (no PUT /posts/…/status); update Postiz"
                raise Sick(HoldScope.ACCOUNT, message, is_seen_by_looks=False) from refused
            raise
        return Answered(elapsed=timedelta(seconds=answer.elapsed_s), server_time=answer.server_time)

    def delete(self, account: Account, remote_id: str) -> Answered:
        """Delete the post; Postiz's own 500, which an unknown id gives, counts as answered."""
        try:
            with _sick_account(account):
                answer = self._client(account).delete_post(remote_id)
        except PostizFailed as failed:
            elapsed = timedelta(seconds=failed.elapsed_s or 0.0)
            return Answered(elapsed=elapsed, server_time=failed.server_time)
        return Answered(elapsed=timedelta(seconds=answer.elapsed_s), server_time=answer.server_time)

    def upload(self, account: Account, file: Path) -> tuple[str, str]:
        """Upload the file; Postiz finds out by itself what it is."""
        with _sick_account(account):
            media = self._client(account).upload(file).value
        return media.id, media.path

    def has_media(self, account: Account, url: str) -> bool:
        """Ask for the file's address; whatever is not a clear "no such file" counts as there."""
        return self._client(account).has_media(url)

    def health(self, account: Account, since: datetime | None) -> AccountHealth:
        """Look at the list of channels and the last hundred notifications."""
        with _sick_account(account):
            client = self._client(account)
            integrations = client.list_integrations().value
            answer = client.list_notifications()
        looked_at = answer.server_time or self._clock.now()
        return read_health(integrations, answer.value.notifications, since, looked_at)

    def reconnect_link(self, account: Account, provider: str) -> str | None:
        """Ask for the page on which a channel of `provider` is connected; it is good for an hour."""
        with _sick_account(account):
            link = self._client(account).connection_url(provider).value
        return link.url if link.is_web else None

    def failure_reasons(self, account: Account, failed: Sequence[Seen]) -> Mapping[str, str]:
        """Find the notifications that say why posts failed; one that fits several posts says nothing."""
        with _sick_account(account):
            notifications = self._client(account).list_notifications().value.notifications
        return match_failures([to_post(seen) for seen in failed], notifications)

    def check(
        self,
        channel: Channel,
        text: str,
        media: Sequence[KnownMedia],
        settings: Mapping[str, object],
        comments: Sequence[str] = (),
    ) -> list[Problem]:
        """Return every problem that Postiz or the channel's network would have with such a post."""
        post = DraftPost(
            text=text,
            media=tuple(to_fact(known) for known in media),
            settings=cast("Mapping[str, JsonValue]", settings),
            comments=tuple(comments),
        )
        return [
            Problem(_OUR_FIELD.get(found.field, found.field), found.code, found.message)
            for found in validate(post, TargetChannel(provider=channel.kind))
            if not found.is_warning
        ]

    def _client(self, account: Account) -> PostizClient:
        key = (account.base_url, account.api_key)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._connect(account, self._clock)
            return self._clients[key]


_OUR_FIELD = {"text": "caption", "comments": "first_comment", "comments[0]": "first_comment"}


def _connect(account: Account, clock: Clock) -> PostizClient:
    return PostizClient(base_url=account.base_url, api_key=account.api_key, clock=clock)


def _made(answer: Answer[tuple[CreatedPost, ...]]) -> Made:
    limit = answer.rate_limit
    return Made(
        elapsed=timedelta(seconds=answer.elapsed_s),
        server_time=answer.server_time,
        remote_id=answer.value[0].post_id,
        remaining=limit.remaining if limit else None,
        limit=limit.limit if limit else None,
        reset=timedelta(seconds=limit.reset_s) if limit else None,
    )


@contextmanager
def _sick_account(account: Account) -> Generator[None]:
    """Say of a refused key that the whole account is sick, whatever was asked."""
    try:
        yield
    except PostizKeyRefused as refused:
        message = f"{account.base_url} refuses the API key; give the account its present one"
        raise Sick(HoldScope.ACCOUNT, message) from refused
