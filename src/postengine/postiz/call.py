"""A request to Postiz as a value: what to send, and how to read the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Generic, TypeVar

from pydantic import JsonValue

T_co = TypeVar("T_co", covariant=True)

_ID = re.compile(r"[A-Za-z0-9_-]+")

LOOK_TIMEOUT_S = 20.0
LIST_TIMEOUT_S = 30.0
WRITE_TIMEOUT_S = 30.0
# With its Temporal down the real server answers a promote after about 40 s and a delete after about 20 s.
STATUS_TIMEOUT_S = 45.0
UPLOAD_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class FilePart:
    """The one file of a multipart body.

    Attributes:
        source: A path, opened when the request is sent, or a file object in binary mode, sent from its start.
        filename: The name told to the server, which ignores it.
    """

    source: Path | IO[bytes]
    filename: str


@dataclass(frozen=True)
class Call(Generic[T_co]):
    """One request, independent of how it is carried.

    Attributes:
        method: HTTP method.
        path: Below `/public/v1`, with a leading slash.
        read: Turns the bytes of a successful answer into a value; raises `ValueError` if they do not fit.
        params: The query.
        json: The JSON body, if any.
        file: The file of a multipart body, if any.
        timeout_s: Longest silence to wait for.
        is_write: It changes something at Postiz.
    """

    method: str
    path: str
    read: Callable[[bytes], T_co]
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    json: Mapping[str, JsonValue] | None = None
    file: FilePart | None = None
    timeout_s: float = LOOK_TIMEOUT_S
    is_write: bool = False


def path_id(value: str) -> str:
    """Return `value`, an id for use inside a path.

    Raises:
        ValueError: It is empty or holds anything but letters, digits, `_` and `-`.

    >>> path_id("cmwu2m38w0000lf7dseohjha6")
    'cmwu2m38w0000lf7dseohjha6'
    """
    if not _ID.fullmatch(value):
        raise ValueError(f"A Postiz id has only letters, digits, _ and -, not {value!r}.")
    return value
