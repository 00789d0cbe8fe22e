"""What goes back to the phone: JSON, a part of a file, or a problem (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from postengine.errors import PostEngineError

JsonObject = dict[str, object]
_BLOCK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class FilePart:
    """`length` bytes of the file at `path`, from byte `start` on."""

    path: Path
    start: int
    length: int

    def blocks(self) -> Iterator[bytes]:
        """Read the part block by block, to be streamed."""
        left = self.length
        with self.path.open("rb") as file:
            file.seek(self.start)
            while left > 0 and (block := file.read(min(left, _BLOCK_BYTES))):
                left -= len(block)
                yield block


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentResponse:
    """An answer.

    Attributes:
        body: Bytes, or a part of a file to stream.
        has_written: Something was committed that may be due at once: call `tick`.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | FilePart = b""
    has_written: bool = False


class Refusal(PostEngineError):
    """Ends the handling of a request with a problem; it never leaves `AgentApi.handle`.

    Attributes:
        status: HTTP status.
        code: A word that programs can compare.
        field: Path of the field that is wrong, if it is one.
        headers: Sent along, such as `Retry-After`.
        more: Further members of the problem, such as `task`.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
        more: JsonObject | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def to_json(self) -> JsonObject:
        """Return the members of the problem."""
        return problem(self.status, self.code, self.detail, self.field) | self.more


def problem(status: int, code: str, detail: str, field: str | None = None) -> JsonObject:
    """Return the members of a problem; `field` only where one is named."""
    title = HTTPStatus(status).phrase
    members: JsonObject = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    return members if field is None else members | {"field": field}


def json_response(
    status: int, content: object, *, headers: Mapping[str, str] | None = None, has_written: bool = False
) -> AgentResponse:
    """Return `content` as JSON that no cache keeps."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    all_headers = {"Content-Type": "application/json", "Cache-Control": "no-store"} | dict(headers or {})
    return AgentResponse(status=status, headers=all_headers, body=body, has_written=has_written)


def problem_response(
    members: JsonObject, status: int, *, headers: Mapping[str, str] | None = None, has_written: bool = False
) -> AgentResponse:
    """Return `members` as `application/problem+json`."""
    all_headers = {"Content-Type": "application/problem+json"} | dict(headers or {})
    return json_response(status, members, headers=all_headers, has_written=has_written)


def to_iso(at: datetime) -> str:
    """Return an instant in UTC as ISO 8601.

    >>> to_iso(datetime(2026, 12, 1, 9, tzinfo=UTC))
    '2026-12-01T09:00:00Z'
    """
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
