"""What can go wrong between us and Postiz.

    PostizError                 server_time · elapsed_s, where an answer came
    ├─ PostizUnreachable        never sent: refused, DNS, no connection in time  retryable
    ├─ PostizUnanswered         no answer: time-out, dropped, a proxy's 502/504  may_have_happened, in_flight
    │  └─ PostizReadUnanswered  the same, and it was only a look                 retryable
    ├─ PostizOutage             empty 401, HTML 5xx: its own parts are down      retryable
    │  └─ PostizWriteOutage     the same on a write                              may_have_happened, in_flight
    ├─ PostizStatusError        its own JSON: + status_code, response, request_id; nothing is in flight
    │  ├─ PostizRejected        4xx                                              not retryable
    │  ├─ PostizBusy            429: certainly not done; retry_after             retryable
    │  └─ PostizFailed          5xx; a listing is final                          may_have_happened
    └─ PostizAnswerInvalid      the body does not fit; body kept                 may_have_happened on writes

Callers decide by the attributes. No message, attribute or repr holds the API key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from postengine.errors import PostEngineError


@dataclass(frozen=True)
class RawAnswer:
    """An answer as it came.

    Attributes:
        status: HTTP status code.
        headers: Names in lower case. Not in the repr, for they may hold a cookie.
        body: The decoded bytes, at most as many as the client accepts. Not in the repr.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class PostizError(PostEngineError):
    """Postiz did not do, or did not say that it did, what it was asked for.

    Attributes:
        server_time: What Postiz's `Date` header said, aware UTC; None without an answer.
        elapsed_s: Seconds from sending the request to its answer or its failure.
    """

    def __init__(
        self, message: str, *, server_time: datetime | None = None, elapsed_s: float | None = None
    ) -> None:
        super().__init__(message)
        self.server_time = server_time
        self.elapsed_s = elapsed_s


class PostizUnreachable(PostizError):
    """The request was never sent: refused, no such host, or no connection in time."""

    retryable: ClassVar[bool] = True


class PostizUnanswered(PostizError):
    """The request was sent, at least in part, and no answer of the application came."""

    may_have_happened = True
    in_flight = True


class PostizReadUnanswered(PostizUnanswered):
    """A look that was not answered: nothing changed, so it may be repeated."""

    retryable: ClassVar[bool] = True
    may_have_happened = False
    in_flight = False


class PostizOutage(PostizError):
    """Parts behind Postiz are down: an empty 401 is its database, not a wrong key."""

    retryable: ClassVar[bool] = True


class PostizWriteOutage(PostizOutage):
    """A write met an outage, and may be executed yet."""

    retryable: ClassVar[bool] = False
    may_have_happened = True
    in_flight = True


class PostizStatusError(PostizError):
    """Postiz itself answered with an error, so nothing is in flight any more.

    Attributes:
        status_code: HTTP status code.
        response: The answer as it came.
        request_id: The answer's `x-request-id` or `cf-ray`, if any.
        messages: What Postiz named as wrong, in its order.
    """

    def __init__(
        self,
        message: str,
        *,
        response: RawAnswer,
        messages: tuple[str, ...] = (),
        server_time: datetime | None = None,
        elapsed_s: float | None = None,
    ) -> None:
        super().__init__(message, server_time=server_time, elapsed_s=elapsed_s)
        self.response = response
        self.messages = messages
        self.status_code = response.status
        self.request_id = response.headers.get("x-request-id") or response.headers.get("cf-ray")


class PostizRejected(PostizStatusError):
    """Postiz refused the request as it stands; the same request will be refused again."""


class PostizBusy(PostizStatusError):
    """The hourly limit is used up. Ask again after `retry_after` seconds and not once before."""

    retryable: ClassVar[bool] = True

    def __init__(
        self,
        message: str,
        *,
        response: RawAnswer,
        retry_after: float | None,
        messages: tuple[str, ...] = (),
        server_time: datetime | None = None,
        elapsed_s: float | None = None,
    ) -> None:
        super().__init__(
            message, response=response, messages=messages, server_time=server_time, elapsed_s=elapsed_s
        )
        self.retry_after = retry_after


class PostizFailed(PostizStatusError):
    """Postiz stumbled and said so; what a listing shows now is final.

    The DELETE of an unknown or already deleted id ends here too.
    """

    may_have_happened = True


class PostizAnswerInvalid(PostizError):
    """The answer is not one that Postiz gives: a wrong base URL, a proxy's page, or a changed API.

    Attributes:
        status_code: HTTP status code.
        body: The answer's body, cut to its first 64 KiB.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        body: bytes,
        is_write: bool,
        server_time: datetime | None = None,
        elapsed_s: float | None = None,
    ) -> None:
        super().__init__(message, server_time=server_time, elapsed_s=elapsed_s)
        self.status_code = status_code
        self.body = body[:65_536]
        self.may_have_happened = is_write
