"""The engine's Publisher over the Postiz SDK."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from threading import Lock

from postengine.clock import Clock, SystemClock
from postengine.engine.ports import Answered, Draft, Made, Seen, Sighting
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Problem, Sick
from postengine.engine.posts.states import HoldScope
from postengine.engine.posts.tenant import Account
from postengine.postiz import (
    Answer,
    CreatedPost,
    MediaKind,
    PostizAnswerInvalid,
    PostizClient,
    PostizFailed,
    PostizRejected,
    check_post,
)

from .wire import create_post, to_seen


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
        with _sick_account(account):
            answer = self._client(account).set_status(remote_id, "schedule")
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

    def check(
        self, channel: Channel, text: str, mimes: Sequence[str], settings: Mapping[str, object]
    ) -> list[Problem]:
        """Return every problem that the channel's network would have with such a post."""
        kinds: list[MediaKind] = ["video" if mime.startswith("video/") else "image" for mime in mimes]
        found = check_post(channel.kind, text, kinds, settings)
        return [
            Problem(_OUR_FIELD.get(problem.field, problem.field), problem.code, problem.message)
            for problem in found
        ]

    def _client(self, account: Account) -> PostizClient:
        key = (account.base_url, account.api_key)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._connect(account, self._clock)
            return self._clients[key]


_OUR_FIELD = {"text": "caption"}


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
    )


@contextmanager
def _sick_account(account: Account) -> Generator[None]:
    """Say of a refused key that the whole account is sick, whatever was asked."""
    try:
        yield
    except PostizRejected as refused:
        if refused.status_code == HTTPStatus.UNAUTHORIZED:
            message = f"{account.base_url} refuses the API key; give the account its present one"
            raise Sick(HoldScope.ACCOUNT, message) from refused
        raise
