"""Faults on demand: which request fails, and how."""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from .message import JSON_TYPE, Reply, Request

NGINX = {"Server": "nginx"}
_BLOCK_BYTES = 1_000_000

FaultKind = Literal[
    "500_before",
    "500_after",
    "late_commit",
    "drop_after",
    "drop_before",
    "cut_after",
    "slow",
    "proxy_502",
    "empty_401",
    "429",
    "gzip_bomb",
    "redirect",
    "html_200",
    "truncated_json",
]
"""
- `500_before`: the application stumbles before it did anything.
- `500_after`: it did what was asked, and then stumbles.
- `late_commit`: no answer; what was asked is done `delay_s` later. The connection stays open until then if
  it `hangs`, else it is closed at once.
- `drop_after`, `drop_before`: the connection is closed without an answer, after or before it is done.
- `cut_after`: done, and the connection breaks in the middle of the answer's body.
- `slow`: done at once, answered `delay_s` later.
- `proxy_502`: a proxy's HTML; it is done if `is_executed`.
- `empty_401`: what the application says while its database is down.
- `429`: refused for `delay_s` seconds, or for the throttle's hour if that is 0.
- `gzip_bomb`: a small body that unpacks to `size_bytes` of JSON.
- `redirect`: sent to `location`, on another host: who follows takes the key there.
- `html_200`: the page of a frontend, as a base URL without `/api` gives it.
- `truncated_json`: the answer lacks its second half, and its length says that this is all.

The last four do what was asked only if `is_executed`, but for `truncated_json`, which always does.
"""

OutageName = Literal["temporal_down", "redis_down", "db_down", "app_down"]


@dataclass
class Fault:
    """A rule: requests that fail.

    Attributes:
        kind: How.
        method: HTTP method; empty is any.
        path: A regular expression, searched for in the path.
        times: How many more requests; None is all that match.
        probability: Of those that match, the share that fails.
        delay_s: Seconds, with the meaning that `kind` gives them.
        is_executed: The application did it, and its answer was lost on the way.
        hangs: For `late_commit`: the client is kept waiting.
        size_bytes: For `gzip_bomb`.
        location: For `redirect`.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    kind: FaultKind
    method: str = ""
    path: str = ""
    times: int | None = 1
    probability: float = 1.0
    delay_s: float = 0.0
    is_executed: bool = False
    hangs: bool = True
    size_bytes: int = 50_000_000
    location: str = "https://elsewhere.example/public/v1/"


class Faults:
    """The rules in their order; the first that takes a request decides.

    Args:
        chance: Decides where a rule has a probability.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.rules: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Add a rule behind the others."""
        self.rules.append(fault)

    def clear(self) -> None:
        """Take all rules away."""
        self.rules.clear()

    def pick(self, request: Request) -> Fault | None:
        """Return the rule that takes `request`, and count it."""
        for fault in self.rules:
            if fault.times == 0 or fault.method not in {"", request.method}:
                continue
            if not re.search(fault.path, request.path) or self._chance.random() >= fault.probability:
                continue
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None


def frontend_page() -> Reply:
    """Answer as the frontend does, to whom the API's paths mean nothing."""
    page = "<!DOCTYPE html><html><head><title>Postiz</title></head><body><div id=app></div></body></html>"
    return Reply(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


def bomb(size_bytes: int) -> Reply:
    """Answer with JSON that is packed a thousandfold."""
    packer = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    block = b" " * _BLOCK_BYTES
    packed = [packer.compress(b"["), *(packer.compress(block) for _ in range(size_bytes // _BLOCK_BYTES))]
    body = b"".join([*packed, packer.compress(b"]"), packer.flush()])
    return Reply(200, body, {"Content-Type": JSON_TYPE, "Content-Encoding": "gzip"})


def bad_gateway() -> Reply:
    """Answer as nginx does when the application is not there."""
    page = (
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
        "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
    )
    return Reply(502, page.encode(), {"Content-Type": "text/html", **NGINX})


def no_such_page() -> Reply:
    """Answer as nginx does to a path that it passes on to nobody."""
    page = (
        "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n"
        "<center><h1>404 Not Found</h1></center>\r\n</body>\r\n</html>\r\n"
    )
    return Reply(404, page.encode(), {"Content-Type": "text/html", **NGINX})


def empty_401() -> Reply:
    """Answer as the application does while its database is down."""
    return Reply(401, b"", {"logout": "true", "Set-Cookie": "auth=; Max-Age=-1; Path=/; HttpOnly"})
