"""What can go wrong between us and Postiz.

    PostizError                   server_time · elapsed_s, where an answer came
    ├─ PostizNotSent              refused by us, before anything was sent
    │  ├─ PostizBudgetSpent       it would be the 429 of this hour: retry_after   retryable
    │  ├─ PostizMediaRefused      the file cannot be posted: reason
    │  ├─ SettingsInvalid         a provider's settings, see providers/check.py: problems
    │  └─ PostizChannelUnusable   no such channel, or it is disabled: reason
    ├─ PostizUnreachable          never sent: refused, DNS, no connection in time retryable
    ├─ PostizUnanswered           no answer: time-out, dropped, a proxy's 502/504 may_have_happened, in_flight
    │  └─ PostizReadUnanswered    the same, and it was only a look                retryable
    ├─ PostizOutage               empty 401, HTML 5xx: its own parts are down     retryable
    │  └─ PostizWriteOutage       the same on a write                             may_have_happened, in_flight
    ├─ PostizStatusError          its own JSON: status_code, response, problems …; nothing is in flight
    │  ├─ PostizRejected          4xx                                             not retryable
    │  │  ├─ PostizKeyRefused            401: the key or the token is wrong
    │  │  ├─ PostizChannelDisconnected   401 of a channel's tool: the channel's token is, ours is right
    │  │  └─ PostizPlanLimited           402: the plan of this account is used up: url
    │  ├─ PostizBusy              429: certainly not done; retry_after            retryable
    │  └─ PostizFailed            5xx; a listing is final                         may_have_happened
    │     └─ PostizReadFailed     the same, and it was only a look                retryable
    └─ PostizAnswerInvalid        the body does not fit; body kept                on writes as unanswered

Callers decide by the attributes. No message, attribute or repr holds the API key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal

from postengine.errors import PostEngineError

from .rate_limit import RateLimit, read_rate_limit

MediaReason = Literal["empty", "too_big", "unsupported", "cannot_be_attached"]
ChannelReason = Literal["unknown", "disabled"]


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


@dataclass(frozen=True)
class FieldProblem:
    """One thing that Postiz found wrong with a request.

    Attributes:
        path: Where, such as `posts[1].value[0].image[2].path`; empty if Postiz did not say.
        message: What, in Postiz's words.
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


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


class PostizNotSent(PostizError):
    """The client itself refused to send the request, so nothing happened."""


class PostizBudgetSpent(PostizNotSent):
    """The request would meet the hourly limit, which blocks the account for an hour: see `retry_after`."""

    retryable: ClassVar[bool] = True

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PostizMediaRefused(PostizNotSent):
    """The file would be refused by Postiz, or taken and never be posted.

    Attributes:
        reason: A word for programs.
    """

    def __init__(self, message: str, *, reason: MediaReason) -> None:
        super().__init__(message)
        self.reason: MediaReason = reason


class PostizChannelUnusable(PostizNotSent):
    """The channel is not among those of the account, or disabled; Postiz would search for ever.

    Attributes:
        integration_id: Its id.
        reason: A word for programs.
    """

    def __init__(self, message: str, *, integration_id: str, reason: ChannelReason) -> None:
        super().__init__(message)
        self.integration_id = integration_id
        self.reason: ChannelReason = reason


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
    """Parts behind Postiz are down: an empty 401 is its database, not a wrong key.

    Attributes:
        status_code: HTTP status code.
    """

    retryable: ClassVar[bool] = True

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        server_time: datetime | None = None,
        elapsed_s: float | None = None,
    ) -> None:
        super().__init__(message, server_time=server_time, elapsed_s=elapsed_s)
        self.status_code = status_code


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
        messages: What Postiz named as wrong, in its words and order.
        problems: The same, each with its place in the request, each once.
        rate_limit: Told by counted answers only.
    """

    def __init__(
        self,
        message: str,
        *,
        response: RawAnswer,
        messages: tuple[str, ...] = (),
        problems: tuple[FieldProblem, ...] = (),
        server_time: datetime | None = None,
        elapsed_s: float | None = None,
    ) -> None:
        super().__init__(message, server_time=server_time, elapsed_s=elapsed_s)
        self.response = response
        self.messages = messages
        self.problems = problems
        self.status_code = response.status
        self.request_id = response.headers.get("x-request-id") or response.headers.get("cf-ray")

    @property
    def rate_limit(self) -> RateLimit | None:
        """Return what the answer told of the hourly budget."""
        return read_rate_limit(self.response.headers)


class PostizRejected(PostizStatusError):
    """Postiz refused the request as it stands; the same request will be refused again."""


class PostizKeyRefused(PostizRejected):
    """The API key, or the OAuth token, is none that Postiz knows."""


class PostizChannelDisconnected(PostizRejected):
    """The network refused the channel's token: a person has to connect the channel anew. Our key is right."""


class PostizPlanLimited(PostizRejected):
    """The plan of this account takes no more; `url` is where Postiz sells a larger one, if it said so."""

    def __init__(
        self,
        message: str,
        *,
        response: RawAnswer,
        url: str | None,
        messages: tuple[str, ...] = (),
        problems: tuple[FieldProblem, ...] = (),
        server_time: datetime | None = None,
        elapsed_s: float | None = None,
    ) -> None:
        super().__init__(
            message,
            response=response,
            messages=messages,
            problems=problems,
            server_time=server_time,
            elapsed_s=elapsed_s,
        )
        self.url = url


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


class PostizReadFailed(PostizFailed):
    """Postiz stumbled over a look: nothing changed, so it may be repeated."""

    retryable: ClassVar[bool] = True
    may_have_happened = False


class PostizAnswerInvalid(PostizError):
    """The answer is not one that Postiz gives: a wrong base URL, a proxy's page, or a changed API.

    Attributes:
        status_code: HTTP status code.
        body: The answer's body, cut to its first 64 KiB; empty where it may hold a secret.
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
        self.in_flight = is_write  # whoever wrote this page, the request may still be on its way
