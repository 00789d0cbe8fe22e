"""A message: a notification, and how the push service is to handle it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from . import base64url
from .encryption import MAX_PLAINTEXT_BYTES
from .errors import MessageInvalid
from .notification import Notification

Urgency: TypeAlias = Literal["very-low", "low", "normal", "high"]

MAX_TTL_S = 2_419_200
"""28 days: what push services keep at most."""
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_TOPIC_BYTES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A notification on its way.

    Attributes:
        notification: What is shown.
        ttl_s: Seconds for which the push service keeps it for a phone that is off, 0 to 28 days.
        urgency: Whether a phone that saves its battery is woken: `high` wakes it.
        topic: Takes the place of an undelivered message with the same one; see `topic_of`.

    Raises:
        MessageInvalid: A push service would refuse it.

    Source: RFC 8030, sections 5.2 to 5.4; RFC 8291, section 4.
    """

    notification: Notification
    ttl_s: int
    urgency: Urgency = "normal"
    topic: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.ttl_s <= MAX_TTL_S:
            raise MessageInvalid("ttl_s", f"expected 0 to {MAX_TTL_S} seconds (28 days), got {self.ttl_s}")
        if self.urgency not in get_args(Urgency):
            raise MessageInvalid(
                "urgency", f"expected one of {', '.join(get_args(Urgency))}, got {self.urgency!r}"
            )
        if self.topic is not None and not _TOPIC.fullmatch(self.topic):
            problem = "expected 1 to 32 letters, digits, - and _; topic_of makes one from any text"
            raise MessageInvalid("topic", problem)
        if self.size_bytes > MAX_PLAINTEXT_BYTES:
            problem = (
                f"expected at most {MAX_PLAINTEXT_BYTES} bytes of JSON, got {self.size_bytes}; shorten it"
            )
            raise MessageInvalid("notification", problem)

    @property
    def size_bytes(self) -> int:
        """Bytes of JSON, before they are encrypted."""
        return len(self.notification.payload())

    def headers(self) -> dict[str, str]:
        """Return what tells the push service how to handle it."""
        told = {"TTL": str(self.ttl_s), "Urgency": self.urgency}
        return told if self.topic is None else told | {"Topic": self.topic}


def topic_of(name: str) -> str:
    """Return a topic for `name`, such as a task's id; the push service cannot tell which it was.

    >>> topic_of("del_01k9v3")
    'l7ijwI07Zquz9-FJi_ETix_rvh53iRuP'
    """
    return base64url.encode(hashlib.sha256(name.encode()).digest()[:_TOPIC_BYTES])
