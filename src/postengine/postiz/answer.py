"""Reading an answer: a value, or the right error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Generic, TypeVar

from pydantic import JsonValue

from .call import Call
from .errors import (
    PostizAnswerInvalid,
    PostizBusy,
    PostizError,
    PostizFailed,
    PostizOutage,
    PostizReadUnanswered,
    PostizRejected,
    PostizUnanswered,
    PostizWriteOutage,
    RawAnswer,
)

T = TypeVar("T")


@dataclass(frozen=True)
class RateLimit:
    """The hourly budget of `POST /posts`, as the last counted answer told it.

    Attributes:
        limit: Requests an hour.
        remaining: How many are left in this window.
        reset_s: Seconds until the window ends; Postiz sends a span, not a timestamp.
    """

    limit: int
    remaining: int
    reset_s: int


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A successful answer.

    Attributes:
        value: What was asked for.
        server_time: What Postiz's `Date` header said, aware UTC, in whole seconds.
        elapsed_s: Seconds from sending the request to the end of its answer.
        rate_limit: Told by `POST /posts` only.
    """

    value: T
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
    except ValueError as error:
        raise _invalid(call, raw, elapsed_s) from error
    return Answer(value, _server_time(raw.headers), elapsed_s, _rate_limit(raw.headers))


def _error(call: Call[T], raw: RawAnswer, elapsed_s: float) -> PostizError:
    server_time = _server_time(raw.headers)
    asked = f"{call.method} {call.path}"
    own = _own_json(raw)
    if raw.status < HTTPStatus.BAD_REQUEST:
        return _invalid(call, raw, elapsed_s)
    if raw.status == HTTPStatus.UNAUTHORIZED and not raw.body.strip():
        kind = PostizWriteOutage if call.is_write else PostizOutage
        return kind(
            f"{asked} was answered by an empty 401: Postiz cannot reach its database; wait for it.",
            server_time=server_time,
            elapsed_s=elapsed_s,
        )
    if own is None and _is_a_proxys(raw.status):
        silent = PostizUnanswered if call.is_write else PostizReadUnanswered
        return silent(
            f"{asked} got {raw.status} from a proxy and no answer from Postiz.",
            server_time=server_time,
            elapsed_s=elapsed_s,
        )
    if own is None and raw.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = PostizWriteOutage if call.is_write else PostizOutage
        return kind(
            f"{asked} got {raw.status} without Postiz's own JSON: something behind it is down.",
            server_time=server_time,
            elapsed_s=elapsed_s,
        )
    return _status_error(asked, raw, own or {}, elapsed_s)


def _status_error(asked: str, raw: RawAnswer, own: Mapping[str, JsonValue], elapsed_s: float) -> PostizError:
    messages = _messages(own)
    said = "; ".join(messages)[:1000] or "nothing more"
    server_time = _server_time(raw.headers)
    if raw.status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = _seconds(raw.headers.get("retry-after"))
        return PostizBusy(
            f"{asked} is over the hourly limit of this Postiz account; ask again after {wait} s.",
            response=raw,
            retry_after=wait,
            messages=messages,
            server_time=server_time,
            elapsed_s=elapsed_s,
        )
    kind = PostizFailed if raw.status >= HTTPStatus.INTERNAL_SERVER_ERROR else PostizRejected
    return kind(
        f"{asked} was answered {raw.status}: {said}",
        response=raw,
        messages=messages,
        server_time=server_time,
        elapsed_s=elapsed_s,
    )


def _invalid(call: Call[T], raw: RawAnswer, elapsed_s: float) -> PostizAnswerInvalid:
    return PostizAnswerInvalid(
        f"{call.method} {call.path} was answered {raw.status} with a body that Postiz does not give; "
        "check the base URL (self-hosted instances need /api at its end).",
        status_code=raw.status,
        body=raw.body,
        is_write=call.is_write,
        server_time=_server_time(raw.headers),
        elapsed_s=elapsed_s,
    )


def _is_a_proxys(status: int) -> bool:
    """Tell whether a proxy says with `status` that the application did not answer it (52x: Cloudflare's)."""
    return status in {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT} or (
        520 <= status <= 530
    )


def _own_json(raw: RawAnswer) -> dict[str, JsonValue] | None:
    """Return the body if it is an error object that the application itself wrote.

    Gateways write JSON too, but none of the shapes that Postiz uses: `statusCode` inside, or `msg`.
    """
    try:
        body: JsonValue = json.loads(raw.body)
    except ValueError:
        return None
    if isinstance(body, dict) and ("statusCode" in body or "msg" in body):
        return body
    return None


def _messages(own: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """Collect what is wrong from the shapes that Postiz uses: `message` as text or list, or `msg`."""
    found = own.get("message", own.get("msg"))
    if isinstance(found, list):
        return tuple(str(item) for item in found)
    return () if found is None else (str(found),)


def _server_time(headers: Mapping[str, str]) -> datetime | None:
    try:
        told = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isascii() and text.isdigit() else None


def _rate_limit(headers: Mapping[str, str]) -> RateLimit | None:
    told = [headers.get(f"x-ratelimit-{name}", "") for name in ("limit", "remaining", "reset")]
    if not all(text.isascii() and text.isdigit() for text in told):
        return None
    limit, remaining, reset_s = (int(text) for text in told)
    return RateLimit(limit, remaining, reset_s)
