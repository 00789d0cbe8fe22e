"""What a push service checks before it looks for the browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .refusal import Refused, refusal

MAX_BODY_BYTES = 4096
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_URGENCIES = {"very-low", "low", "normal", "high"}


@dataclass(frozen=True)
class Delivery:
    """How a push is to be delivered."""

    ttl_s: int
    urgency: str
    topic: str | None


def check_push(headers: Mapping[str, str], body: bytes) -> Delivery:
    """Return what the headers of a push ask for.

    Raises:
        Refused: 400 or 413.

    Source: RFC 8030, sections 5.2 to 5.4 and 7.2.
    """
    ttl, topic = headers.get("ttl", ""), headers.get("topic")
    urgency = headers.get("urgency", "normal")
    if not ttl.isdecimal():
        raise Refused(400, "Missing or invalid TTL header")
    if urgency not in _URGENCIES:
        raise Refused(400, "Invalid Urgency header")
    if topic is not None and not _TOPIC.fullmatch(topic):
        raise Refused(400, "Topic must be at most 32 characters of the base64url alphabet")
    if len(body) > MAX_BODY_BYTES:
        raise refusal("413")
    if body and headers.get("content-encoding") != "aes128gcm":
        raise Refused(400, "Unknown Content-Encoding; aes128gcm is expected")
    return Delivery(int(ttl), urgency, topic)
