"""One try of one call: everything about it but the I/O, so that threads and tasks share it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Generic, TypeVar

import httpx

from postengine.clock import Clock
from postengine.errors import PostEngineError
from postengine.postiz.call import Call
from postengine.postiz.errors import (
    PostizAnswerInvalid,
    PostizError,
    PostizFailed,
    PostizOutage,
    PostizReadUnanswered,
    PostizUnanswered,
    PostizUnreachable,
)

from .answer import Answer, read_answer
from .body import Body, BodyUnreadable
from .counted_file import counted

T = TypeVar("T")

_CONNECT_TIMEOUT_S = 5.0
# Node closes idle connections after 5 s. A request on one that is just being closed looks like a lost answer,
# so ours are given up earlier.
LIMITS = httpx.Limits(keepalive_expiry=2.0)
# All tries of one call begin within this time.
TOTAL_S = 60.0

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


def is_worth_repeating(call: Call[object], error: PostEngineError) -> bool:
    """Tell whether `call` may be sent again after `error`: never sent, or provably harmless to repeat."""
    if isinstance(error, PostizUnreachable):
        return True
    return call.is_repeatable and (
        error.retryable or isinstance(error, (PostizUnanswered, PostizOutage, PostizFailed))
    )


class Exchange(Generic[T]):
    """A call that is being sent, see `exchange_of`."""

    def __init__(self, call: Call[T], clock: Clock, stack: ExitStack) -> None:
        self._call = call
        self._clock = clock
        self._stack = stack
        self._started = clock.monotonic()
        self._begun = self._started
        self._status = 0
        self._body = Body()

    @property
    def elapsed_s(self) -> float:
        """Return the seconds since the request was begun."""
        return self._clock.monotonic() - self._started

    def request(
        self, http: httpx.Client | httpx.AsyncClient, root: str, authorization: str | None
    ) -> httpx.Request:
        """Build the request; the key goes to `root` only."""
        call = self._call
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate"}
        if authorization is not None and call.url is None:
            headers["Authorization"] = authorization
        files = None
        if call.file is not None:
            source = call.file.source
            opened = self._stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
            progress = call.file.progress
            shown = opened if progress is None else counted(opened, progress)
            files = {"file": (call.file.filename, shown, "application/octet-stream")}
        return http.build_request(
            call.method,
            call.url or root + call.path,
            params=dict(call.params) or None,
            json=call.json,
            files=files,
            headers=headers,
            timeout=httpx.Timeout(call.timeout_s, connect=_CONNECT_TIMEOUT_S, pool=_CONNECT_TIMEOUT_S),
        )

    def begin(self, response: httpx.Response) -> None:
        """Note that the head of the answer has come."""
        self._begun = self._clock.monotonic()
        self._status = response.status_code
        self._body = Body(response.headers.get("content-encoding", ""))

    def take(self, piece: bytes) -> None:
        """Add a piece of the body, which may neither be huge nor trickle in for ever."""
        self._body.take(piece)
        if self._clock.monotonic() - self._begun > self._call.timeout_s:
            raise self.unanswered("the answer did not end")

    def answer(self, response: httpx.Response) -> Answer[T]:
        """Read the answer, whose body is whole now."""
        body = self._body.finish()
        return read_answer(self._call, response.status_code, response.headers, body, elapsed_s=self.elapsed_s)

    def unreachable(self, reason: str) -> PostizUnreachable:
        """Say that nothing was sent."""
        return PostizUnreachable(
            f"{self._call.method} {self._call.path} was not sent: no connection to Postiz ({reason}).",
            elapsed_s=self.elapsed_s,
        )

    def unanswered(self, reason: str) -> PostizError:
        """Say that the request left and no answer came."""
        kind = PostizUnanswered if self._call.is_write else PostizReadUnanswered
        return kind(
            f"{self._call.method} {self._call.path} was sent and not answered ({reason}).",
            elapsed_s=self.elapsed_s,
        )

    def unreadable(self, why: str) -> PostizAnswerInvalid:
        """Say that what came is no answer of Postiz."""
        return PostizAnswerInvalid(
            f"The answer to {self._call.method} {self._call.path} {why}, so it is not Postiz's; "
            "check the base URL.",
            status_code=self._status,
            body=b"" if self._call.is_secret else bytes(self._body),
            is_write=self._call.is_write,
            elapsed_s=self.elapsed_s,
        )


@contextmanager
def exchange_of(call: Call[T], clock: Clock) -> Generator[Exchange[T]]:
    """Send `call` once within this context: httpx's errors end here, and its file is closed after it.

    Raises:
        PostizError: In place of httpx's errors.
    """
    with ExitStack() as stack:
        exchange = Exchange(call, clock, stack)
        try:
            yield exchange
        except _NEVER_SENT as error:
            raise exchange.unreachable(type(error).__name__) from error
        except httpx.TransportError as error:
            raise exchange.unanswered(type(error).__name__) from error
        except BodyUnreadable as error:
            raise exchange.unreadable(str(error)) from error
