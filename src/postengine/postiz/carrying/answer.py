"""Reading an answer: a value, or the right error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from postengine.postiz.call import Call
from postengine.postiz.errors import (
    PostizAnswerInvalid,
    PostizBusy,
    PostizChannelDisconnected,
    PostizError,
    PostizFailed,
    PostizKeyRefused,
    PostizOutage,
    PostizPlanLimited,
    PostizReadFailed,
    PostizReadUnanswered,
    PostizRejected,
    PostizUnanswered,
    PostizWriteOutage,
    RawAnswer,
)
from postengine.postiz.rate_limit import RateLimit as RateLimit
from postengine.postiz.rate_limit import read_rate_limit, read_seconds

from .complaints import Body, messages_of, own_json, problems_of

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Answer(Generic[T_co]):
    """A successful answer.

    Attributes:
        value: What was asked for.
        server_time: What Postiz's `Date` header said, aware UTC, in whole seconds.
        elapsed_s: Seconds from sending the request to the end of its answer.
        rate_limit: Told by `POST /posts` only.
    """

    value: T_co
    server_time: datetime | None
    elapsed_s: float
    rate_limit: RateLimit | None


def read_answer(
    call: Call[T], status: int, headers: Mapping[str, str], body: bytes, *, elapsed_s: float = 0.0
) -> Answer[T]:
    """Decipher an answer to `call`.

    Args:
        call: What was asked.
        status: HTTP status code.
        headers: The answer's; names in any case.
        body: The decoded body.
        elapsed_s: Seconds from sending the request to the end of its answer.

    Raises:
        PostizError: The branch of the tree that fits; `in_flight` tells whether it may still be executed.
    """
    raw = RawAnswer(status, {name.lower(): value for name, value in headers.items()}, body)
    if not HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise _error(call, raw, elapsed_s)
    try:
        value = call.read(body)
    except (ValueError, RecursionError) as error:
        failure = _invalid(call, raw, elapsed_s)
        # The cause may quote the body, so that of an answer with secrets is not kept.
        raise failure from (None if call.is_secret else error)
    return Answer(value, _server_time(raw.headers), elapsed_s, read_rate_limit(raw.headers))


def _error(call: Call[T], raw: RawAnswer, elapsed_s: float) -> PostizError:
    if raw.status < HTTPStatus.BAD_REQUEST:
        return (
            _redirected(call, raw, elapsed_s) if "location" in raw.headers else _invalid(call, raw, elapsed_s)
        )
    asked = f"{call.method} {call.path}"
    own = own_json(raw.body)
    server_time = _server_time(raw.headers)
    if raw.status == HTTPStatus.UNAUTHORIZED and not raw.body.strip():
        kind = PostizWriteOutage if call.is_write else PostizOutage
        message = f"{asked} was answered by an empty 401: Postiz cannot reach its database; wait for it."
        return kind(message, status_code=raw.status, server_time=server_time, elapsed_s=elapsed_s)
    if _is_a_proxys(raw.status):
        silent = PostizUnanswered if call.is_write else PostizReadUnanswered
        message = f"{asked} got {raw.status} from a proxy and no answer from Postiz."
        return silent(message, server_time=server_time, elapsed_s=elapsed_s)
    # Gateways write JSON as well, and Postiz itself no 503.
    is_its_own = own is not None and raw.status != HTTPStatus.SERVICE_UNAVAILABLE
    if not is_its_own and raw.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = PostizWriteOutage if call.is_write else PostizOutage
        message = f"{asked} got {raw.status} without Postiz's own JSON: something behind it is down."
        return kind(message, status_code=raw.status, server_time=server_time, elapsed_s=elapsed_s)
    return _status_error(call, raw, own, elapsed_s)


def _status_error(call: Call[T], raw: RawAnswer, own: Body | None, elapsed_s: float) -> PostizError:
    asked = f"{call.method} {call.path}"
    messages = messages_of(own or {})
    server_time = _server_time(raw.headers)
    if raw.status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = read_seconds(raw.headers.get("retry-after"))
        return PostizBusy(
            f"{asked} is over the hourly limit of this Postiz account; ask again after {wait} s.",
            response=raw,
            retry_after=wait,
            messages=messages,
            server_time=server_time,
            elapsed_s=elapsed_s,
        )
    problems = problems_of(own or {}, dict(call.json) if call.json is not None else None)
    silence = "nothing more" if own is not None else "no JSON of Postiz's; check the base URL"
    said = "; ".join(str(problem) for problem in problems)[:1000] or silence
    if raw.status == HTTPStatus.PAYMENT_REQUIRED:
        told = (own or {}).get("url")
        url = told if isinstance(told, str) else None
        place = "in Postiz" if url is None else f"at {url}"
        return PostizPlanLimited(
            f"{asked} is beyond the plan of this Postiz account ({said}); its owner can extend it {place}.",
            response=raw,
            url=url,
            messages=messages,
            problems=problems,
            server_time=server_time,
            elapsed_s=elapsed_s,
        )
    kind, remedy = _kind(call, raw, messages)
    return kind(
        f"{asked} was answered {raw.status}: {said}{remedy}",
        response=raw,
        messages=messages,
        problems=problems,
        server_time=server_time,
        elapsed_s=elapsed_s,
    )


def _kind(
    call: Call[T], raw: RawAnswer, messages: tuple[str, ...]
) -> tuple[type[PostizFailed | PostizRejected], str]:
    """Choose the branch, and what the reader of the message can do."""
    if raw.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return (PostizFailed if call.is_write else PostizReadFailed), ""
    if raw.status == HTTPStatus.UNAUTHORIZED:
        if any("Channel disconnected" in message for message in messages):
            return PostizChannelDisconnected, "; connect this channel anew in Postiz"
        if call.url is None:
            return PostizKeyRefused, "; take the present key from Postiz's settings"
    return PostizRejected, ""


def _redirected(call: Call[T], raw: RawAnswer, elapsed_s: float) -> PostizAnswerInvalid:
    """Name the host that a redirect points to; it is never followed, so the key stays here."""
    host = _host(raw.headers["location"]) or "another path of the same host"
    return PostizAnswerInvalid(
        f"{call.method} {call.path} was redirected ({raw.status}) to {host}, which is not followed; "
        "give the base URL that Postiz itself answers at.",
        status_code=raw.status,
        body=_kept(call, raw.body),
        is_write=call.is_write,
        server_time=_server_time(raw.headers),
        elapsed_s=elapsed_s,
    )


def _invalid(call: Call[T], raw: RawAnswer, elapsed_s: float) -> PostizAnswerInvalid:
    return PostizAnswerInvalid(
        f"{call.method} {call.path} was answered {raw.status} with a body that Postiz does not give; "
        "check the base URL (self-hosted instances need /api at its end).",
        status_code=raw.status,
        body=_kept(call, raw.body),
        is_write=call.is_write,
        server_time=_server_time(raw.headers),
        elapsed_s=elapsed_s,
    )


def _host(location: str) -> str | None:
    try:
        return urlsplit(location).hostname
    except ValueError:
        return "an address that is none"


def _kept(call: Call[T], body: bytes) -> bytes:
    return b"" if call.is_secret else body


def _is_a_proxys(status: int) -> bool:
    """Tell whether a proxy says with `status` that the application did not answer it (52x: Cloudflare's).

    Whatever the body: gateways write JSON too, and Postiz itself uses none of these.
    """
    return 520 <= status <= 530 or status in {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.GATEWAY_TIMEOUT,
    }


def _server_time(headers: Mapping[str, str]) -> datetime | None:
    try:
        told = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
