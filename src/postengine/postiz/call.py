"""A request to Postiz as a value: what to send, and how to read the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Generic, TypeVar

from pydantic import JsonValue

from .text.sendable import check_sendable

T_co = TypeVar("T_co", covariant=True)
Progress = Callable[[int, int], None]

_ID = re.compile(r"[A-Za-z0-9_-]+")

LOOK_TIMEOUT_S = 20.0
LIST_TIMEOUT_S = 30.0
WRITE_TIMEOUT_S = 30.0
# With its Temporal down the real server answers a promote after about 40 s and a delete after about 20 s.
STATUS_TIMEOUT_S = 45.0
# The network behind the channel is asked, while we wait.
NETWORK_TIMEOUT_S = 60.0
UPLOAD_TIMEOUT_S = 60.0
# Postiz fetches up to 1 GB before it answers.
FETCH_TIMEOUT_S = 300.0
# The server makes the video while we wait, for up to half an hour.
VIDEO_TIMEOUT_S = 2100.0


@dataclass(frozen=True)
class FilePart:
    """The one file of a multipart body.

    Attributes:
        source: A path, opened when the request is sent, or a file object in binary mode, sent from its start.
        filename: The name told to the server, which ignores it.
        progress: Told `(sent_bytes, total_bytes)` while the file is sent; what it raises ends the upload.
    """

    source: Path | IO[bytes]
    filename: str
    progress: Progress | None = None


@dataclass(frozen=True)
class Call(Generic[T_co]):
    """One request, independent of how it is carried.

    Attributes:
        method: HTTP method.
        path: Below `/public/v1`, with a leading slash.
        read: Turns the bytes of a successful answer into a value; raises `ValueError` if they do not fit.
        params: The query.
        json: The JSON body, if any. Not in the repr, for it may hold a secret.
        file: The file of a multipart body, if any.
        timeout_s: Longest silence to wait for; also the longest that the body of the answer may take.
        is_write: It changes something at Postiz, or nobody promises that it does not.
        is_repeatable: Sent twice, it does provably no more than sent once, whenever the second one arrives.
        url: An absolute URL in place of `path`; the API key is never sent there.
        is_secret: The answer may hold a token, so it is kept in no error.

    Raises:
        ValueError: A text in the query or the body holds a NUL character or half a surrogate pair.
    """

    method: str
    path: str
    read: Callable[[bytes], T_co] = field(repr=False)
    params: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    json: Mapping[str, JsonValue] | None = field(default=None, repr=False)
    file: FilePart | None = field(default=None, repr=False)
    timeout_s: float = LOOK_TIMEOUT_S
    is_write: bool = False
    is_repeatable: bool = False
    url: str | None = None
    is_secret: bool = False

    def __post_init__(self) -> None:
        check_sendable(dict(self.params))
        check_sendable(dict(self.json or {}))


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
