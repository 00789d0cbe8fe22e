"""The client: carries calls over httpx and hands back their answers."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import IO, Literal, TypeVar

import httpx

from postengine.clock import Clock, SystemClock
from postengine.retry import retrying

from .address import api_url
from .answer import Answer, read_answer
from .call import Call
from .calls import account, integrations, posts, uploads
from .errors import (
    PostizAnswerInvalid,
    PostizError,
    PostizReadUnanswered,
    PostizUnanswered,
    PostizUnreachable,
)
from .models import (
    CreatedPost,
    CreatePost,
    Integration,
    IntegrationSettings,
    Media,
    NotificationPage,
    Post,
    StatusChange,
)

T = TypeVar("T")

_LONGEST_ANSWER_BYTES = 20 * 1024 * 1024
_CONNECT_TIMEOUT_S = 5.0
# Node closes idle connections after 5 s. A request on one that is just being closed looks like a lost answer,
# so ours are given up earlier.
_KEEPALIVE_S = 2.0


class PostizClient:
    """Speaks with one Postiz account (one API key is one organisation).

    Reads are repeated when that may help; writes only when they certainly were never sent.

    Args:
        http: Carries the requests; the client's own, if None.
        base_url: Such as `https://api.postiz.com` or `https://postiz.example/api`.
        api_key: Sent as it is, without `Bearer`; found in no repr, message or log.
        clock: Measures answers and sleeps between tries.
        tries: The most times that a request is sent, at least 1.
    """

    def __init__(
        self,
        http: httpx.Client | None = None,
        *,
        base_url: str,
        api_key: str,
        clock: Clock | None = None,
        tries: int = 3,
    ) -> None:
        if not api_key.strip() or not api_key.isascii() or not api_key.isprintable():
            raise ValueError("The API key of Postiz is printable ASCII text and not empty.")
        self._http = http or httpx.Client(limits=httpx.Limits(keepalive_expiry=_KEEPALIVE_S))
        self._owns_http = http is None
        self._url = api_url(base_url)
        self._authorization = api_key.strip()
        self._clock = clock or SystemClock()
        self._tries = tries

    def __repr__(self) -> str:
        return f"PostizClient(base_url={self._url!r})"

    def __enter__(self) -> PostizClient:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they came from outside."""
        if self._owns_http:
            self._http.close()

    def send(self, call: Call[T]) -> Answer[T]:
        """Send `call` and read its answer.

        Raises:
            PostizError: See `postengine.postiz.errors`; its attributes say what may have happened.
        """

        def attempt() -> Answer[T] | PostizError:
            try:
                return self._exchange(call)
            except PostizUnreachable:
                raise
            except PostizError as error:
                if not call.is_write:
                    raise
                return error  # handed on as a value, so that no write is repeated that may have arrived

        outcome = retrying(attempt, clock=self._clock, tries=self._tries)
        if isinstance(outcome, PostizError):
            raise outcome
        return outcome

    def is_connected(self) -> Answer[bool]:
        """Ask whether the address and the key are right."""
        return self.send(account.is_connected())

    def list_notifications(self, page: int = 0) -> Answer[NotificationPage]:
        """List what Postiz told its users, newest first, 100 a page; pages count from 0."""
        return self.send(account.list_notifications(page))

    def list_integrations(self, customer_id: str | None = None) -> Answer[tuple[Integration, ...]]:
        """List the connected channels, of one customer group if named."""
        return self.send(integrations.list_integrations(customer_id))

    def integration_settings(self, integration_id: str) -> Answer[IntegrationSettings]:
        """Ask for the rules, the longest text and the settings' schema of a channel."""
        return self.send(integrations.integration_settings(integration_id))

    def list_posts(
        self, start: datetime, end: datetime, customer_id: str | None = None
    ) -> Answer[tuple[Post, ...]]:
        """List posts of any state with a publish date from `start` to `end`, both included, each id once."""
        return self.send(posts.list_posts(start, end, customer_id))

    def create_post(self, post: CreatePost) -> Answer[tuple[CreatedPost, ...]]:
        """Create posts, or edit those whose ids it carries; one answer an entry, in their order."""
        return self.send(posts.create_post(post))

    def delete_post(self, post_id: str) -> Answer[None]:
        """Delete a post; an unknown or already deleted id raises `PostizFailed`."""
        return self.send(posts.delete_post(post_id))

    def set_status(self, post_id: str, status: Literal["draft", "schedule"]) -> Answer[StatusChange]:
        """Promote a draft (`schedule`) or demote a post (`draft`).

        Postiz checks nothing here: promoted again, a published post goes out again.
        """
        return self.send(posts.set_status(post_id, status))

    def upload(self, file: Path | IO[bytes]) -> Answer[Media]:
        """Upload a picture or a video, read from disk piece by piece."""
        return self.send(uploads.upload(file))

    def _exchange(self, call: Call[T]) -> Answer[T]:
        """Send once. httpx's errors end here."""
        started = self._clock.monotonic()
        try:
            with ExitStack() as stack:
                response = self._http.send(
                    self._request(call, stack), stream=True, auth=None, follow_redirects=False
                )
                stack.callback(response.close)
                body = self._body(call, response, started)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            raise PostizUnreachable(
                f"{call.method} {call.path} was not sent: no connection to Postiz ({type(error).__name__}).",
                elapsed_s=self._clock.monotonic() - started,
            ) from error
        except httpx.TransportError as error:
            raise self._unanswered(call, type(error).__name__, started) from error
        elapsed_s = self._clock.monotonic() - started
        return read_answer(call, response.status_code, response.headers, body, elapsed_s=elapsed_s)

    def _request(self, call: Call[T], stack: ExitStack) -> httpx.Request:
        files = None
        if call.file is not None:
            source = call.file.source
            opened = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
            files = {"file": (call.file.filename, opened, "application/octet-stream")}
        return self._http.build_request(
            call.method,
            self._url + call.path,
            params=dict(call.params) or None,
            json=call.json,
            files=files,
            headers={"Authorization": self._authorization, "Accept": "application/json"},
            timeout=httpx.Timeout(call.timeout_s, connect=_CONNECT_TIMEOUT_S, pool=_CONNECT_TIMEOUT_S),
        )

    def _body(self, call: Call[T], response: httpx.Response, started: float) -> bytes:
        """Read the body, which may neither be huge nor trickle in for ever."""
        begun = self._clock.monotonic()
        body = bytearray()
        try:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > _LONGEST_ANSWER_BYTES:
                    raise self._unreadable(call, response, bytes(body), "is longer than 20 MiB", started)
                if self._clock.monotonic() - begun > call.timeout_s:
                    raise self._unanswered(call, "the answer did not end", started)
        except httpx.DecodingError as error:
            raise self._unreadable(call, response, bytes(body), "cannot be decoded", started) from error
        return bytes(body)

    def _unanswered(self, call: Call[T], reason: str, started: float) -> PostizUnanswered:
        kind = PostizUnanswered if call.is_write else PostizReadUnanswered
        return kind(
            f"{call.method} {call.path} was sent and not answered ({reason}).",
            elapsed_s=self._clock.monotonic() - started,
        )

    def _unreadable(
        self, call: Call[T], response: httpx.Response, body: bytes, why: str, started: float
    ) -> PostizAnswerInvalid:
        return PostizAnswerInvalid(
            f"The answer to {call.method} {call.path} {why}, so it is not Postiz's; check the base URL.",
            status_code=response.status_code,
            body=body,
            is_write=call.is_write,
            elapsed_s=self._clock.monotonic() - started,
        )
