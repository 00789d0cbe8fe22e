"""How large a message is, where it is largest: each platform gets its own part in place of what all share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from .part import Wire
from .rules import payload_bytes


def size_bytes(wire: Wire) -> int:
    """Return the bytes of keys and values of a message's JSON that count against FCM's limit.

    >>> size_bytes({"fid": "f", "data": {"task": "7"}, "android": {"data": {"task_id": "7"}}})
    8
    """
    return max(payload_bytes(payload) for payload in _payloads(wire))


def _payloads(wire: Wire) -> Iterator[list[JsonValue]]:
    """Give what each platform gets; the first is that of platforms without a part of their own."""
    shared: list[JsonValue] = [wire.get("data"), wire.get("notification")]
    yield shared
    v2 = _part(wire, "android_v2")
    for own in (_part(wire, "android"), v2 | _part(v2, "remote_notification"), _part(wire, "webpush")):
        if own:
            yield [own.get("data") or wire.get("data"), _overlaid(wire, own)]
    yield [*shared, _part(wire, "apns").get("payload")]


def _overlaid(wire: Wire, own: Wire) -> Wire:
    return _part(wire, "notification") | _part(own, "notification")


def _part(wire: Wire, name: str) -> Wire:
    return cast("Wire", wire.get(name) or {})
