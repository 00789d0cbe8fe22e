"""The rules of FCM that its servers enforce and no schema tells.

Source: firebase.google.com, REST reference of FCM v1 (Message, AndroidConfig, ErrorCode), read November 2026.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import JsonValue

from .errors import MessageInvalid

MAX_PAYLOAD_BYTES = 4096
MAX_TOPIC_PAYLOAD_BYTES = 2048
MAX_TTL_S = 2_419_200

_RESERVED_KEYS = {"from", "message_type", "collapse_key"}
_RESERVED_PREFIXES = ("google", "gcm")
_TOPIC = re.compile(r"[a-zA-Z0-9\-_.~%]{1,900}")
_ANALYTICS_LABEL = re.compile(r"[a-zA-Z0-9\-_.~%]{1,50}")


def check_data_keys(field: str, data: Mapping[str, str]) -> None:
    """Refuse the keys that FCM keeps for itself, or would overwrite.

    Raises:
        MessageInvalid: For the first such key.
    """
    for key in data:
        if key in _RESERVED_KEYS or key.startswith(_RESERVED_PREFIXES):
            raise MessageInvalid(f"{field}.{key}", "the key is reserved by FCM; take another name")


def check_ttl(field: str, ttl_s: int | None) -> None:
    """Refuse a time to live outside of 0 s to 28 days.

    Raises:
        MessageInvalid: If it is outside.
    """
    if ttl_s is not None and not 0 <= ttl_s <= MAX_TTL_S:
        raise MessageInvalid(field, f"expected 0 to {MAX_TTL_S} seconds (28 days), got {ttl_s}")


def check_https(field: str, url: str | None) -> None:
    """Refuse a URL that phones and browsers would not open.

    Raises:
        MessageInvalid: If it is not https.
    """
    if url is not None and not url.startswith("https://"):
        raise MessageInvalid(field, "expected a URL that starts with https://")


def check_topic(field: str, topic: str | None) -> None:
    """Refuse a topic name that FCM does not take.

    Raises:
        MessageInvalid: If it has other characters, or the old `/topics/` in front.
    """
    if topic is not None and not _TOPIC.fullmatch(topic):
        raise MessageInvalid(field, "expected a topic's bare name of letters, digits and -_.~%")


def check_analytics_label(field: str, label: str | None) -> None:
    """Refuse a label that FCM's reports do not take.

    Raises:
        MessageInvalid: If it is empty, longer than 50 or has other characters.
    """
    if label is not None and not _ANALYTICS_LABEL.fullmatch(label):
        raise MessageInvalid(field, "expected 1 to 50 letters, digits and -_.~%")


def check_key_of_arguments(field: str, key: str | None, arguments: tuple[str, ...]) -> None:
    """Refuse arguments of a localised text without the key of that text.

    Raises:
        MessageInvalid: If there are arguments and no key.
    """
    if arguments and not key:
        raise MessageInvalid(field, "expected a key together with its arguments, got none")


def payload_bytes(value: JsonValue) -> int:
    """Count the bytes of all keys and values in UTF-8, as FCM does against its limit.

    >>> payload_bytes({"data": {"kind": "Größe"}})
    15
    """
    match value:
        case dict():
            return sum(payload_bytes(key) + payload_bytes(item) for key, item in value.items())
        case list():
            return sum(payload_bytes(item) for item in value)
        case None:
            return 0
        case _:
            return len(str(value).encode())
