"""Requests and replies as values, so that the server behind them is a plain state machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from pydantic import JsonValue

from postengine.clock import Clock

JSON_TYPE = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """What a client sent.

    Attributes:
        method: HTTP method.
        path: Decoded, without the query.
        query: The query's parameters; the last of a name counts.
        headers: Names in lower case.
        body: The bytes.
        origin: Scheme, host and port that the client used, for the URLs of uploads.
        raw_query: The query as it was written.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    origin: str = "http://postiz.test"
    raw_query: str = ""


@dataclass(frozen=True)
class Reply:
    """What the server answers.

    Attributes:
        is_endless: It never comes; the handler is caught in a loop.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    is_endless: bool = False

    def with_headers(self, headers: Mapping[str, str]) -> Reply:
        """Return the same reply with `headers` added."""
        return replace(self, headers={**self.headers, **headers})


@dataclass(frozen=True)
class Outcome:
    """What becomes of a request.

    Attributes:
        reply: What is answered, unless the connection is dropped.
        delay_s: Seconds to wait before either.
        ending: `drop` closes the connection without a word, `cut` in the middle of the body.
    """

    reply: Reply
    delay_s: float = 0.0
    ending: Literal["answer", "drop", "cut"] = "answer"


class Server(Protocol):
    """The fake, as its WSGI app and its transport see it."""

    clock: Clock

    def handle(self, request: Request) -> Outcome:
        """Decide what becomes of `request`; waiting is the carrier's part."""
        ...


def json_reply(status: int, body: JsonValue, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with JSON as the real server writes it."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    told = {"Content-Type": JSON_TYPE, **(headers or {})}
    return Reply(status, text.encode("utf-8", "surrogatepass"), told)


_REASONS = {400: "Bad Request", 404: "Not Found"}


def refused(status: int, message: str | list[str]) -> Reply:
    """Answer with the error object of the real server's framework: one sentence, or a list from its DTOs."""
    told: JsonValue = list(message) if isinstance(message, list) else message
    return json_reply(status, {"message": told, "error": _REASONS[status], "statusCode": status})


def broken() -> Reply:
    """Answer as the real server does when it stumbled."""
    return json_reply(500, {"statusCode": 500, "message": "Internal server error"})
