"""What a phone asks, as a framework hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from .responses import Refusal

MAX_BODY_BYTES = 64 * 1024
"""A longer body is refused; a framework need not keep more of one than this and one byte."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AgentRequest:
    """A request.

    Attributes:
        path: From the root of the host, percent-decoded, such as `/agent/v1/me`.
        query: Each parameter once.
        headers: Names in any case.
        remote_addr: The phone's address, after any proxy that is trusted; pairing is limited by it.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)
    remote_addr: str = ""

    def header(self, name: str) -> str | None:
        """Return a header by its name in lower case, or None."""
        return next((value for known, value in self.headers.items() if known.lower() == name), None)


def read_json(request: AgentRequest, adapter: TypeAdapter[T]) -> T:
    """Return the request's body, validated.

    Raises:
        Refusal: 415 for another type than JSON, 400 for what is no JSON, 422 with the first wrong field.
    """
    media_type = (request.header("content-type") or "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        detail = f"a body of type application/json was expected, not {media_type or 'one without a type'}"
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "json_expected", detail)
    try:
        return adapter.validate_json(request.body)
    except ValidationError as error:
        raise refusal_of(error) from error


def refusal_of(error: ValidationError) -> Refusal:
    """Return the problem for the first thing that is wrong; what was sent is not repeated in it."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return Refusal(HTTPStatus.BAD_REQUEST, "json_invalid", f"the body is no JSON: {first['msg']}")
    path = ".".join(str(part) for part in first["loc"]) or "body"
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", f"{path}: {first['msg']}", field=path)
