"""The headers that FCM hands on to Apple's push service and to browsers', which refuse them unseen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .errors import MessageInvalid
from .rules import check_ttl

_URGENCIES = {"very-low", "low", "normal", "high"}
_PRIORITIES = {"1", "5", "10"}
_PUSH_TYPES = {
    *("alert", "background", "location", "voip", "complication", "fileprovider", "mdm"),
    *("liveactivity", "pushtotalk", "controls", "widgets"),
}
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_MAX_COLLAPSE_ID_BYTES = 64


def check_webpush_headers(field: str, headers: Mapping[str, str]) -> None:
    """Refuse a TTL, Urgency or Topic that push services do not take.

    Raises:
        MessageInvalid: For the first such header.

    Source: RFC 8030, sections 5.2 to 5.4.
    """
    for name, value in headers.items():
        match name.lower():
            case "ttl":
                check_ttl(f"{field}.TTL", _whole(f"{field}.TTL", value))
            case "urgency" if value not in _URGENCIES:
                raise MessageInvalid(f"{field}.Urgency", f"expected one of {_listed(_URGENCIES)}")
            case "topic" if not _TOPIC.fullmatch(value):
                raise MessageInvalid(f"{field}.Topic", "expected 1 to 32 letters, digits, - and _")
            case _:
                pass


def check_apns_headers(field: str, headers: Mapping[str, str]) -> None:
    """Refuse a priority, expiration, collapse id or push type that APNs does not take.

    Raises:
        MessageInvalid: For the first such header.

    Source: developer.apple.com, Sending notification requests to APNs, read November 2026.
    """
    for name, value in headers.items():
        match name.lower():
            case "apns-priority" if value not in _PRIORITIES:
                raise MessageInvalid(f"{field}.{name}", f"expected one of {_listed(_PRIORITIES)}")
            case "apns-expiration":
                _whole(f"{field}.{name}", value)
            case "apns-collapse-id" if len(value.encode()) > _MAX_COLLAPSE_ID_BYTES:
                raise MessageInvalid(f"{field}.{name}", f"expected at most {_MAX_COLLAPSE_ID_BYTES} bytes")
            case "apns-push-type" if value not in _PUSH_TYPES:
                raise MessageInvalid(f"{field}.{name}", f"expected one of {_listed(_PUSH_TYPES)}")
            case _:
                pass


def header(headers: Mapping[str, str], name: str) -> str | None:
    """Return the header of this name, however its letters are written."""
    return next((value for key, value in headers.items() if key.lower() == name), None)


def _whole(field: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise MessageInvalid(field, f"expected whole seconds, got {value!r}")
    return int(value)


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(words))
