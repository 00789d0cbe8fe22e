"""What the real FCM checks in a message before it looks for the phone.

Written against the wire and not with `postengine.fcm`, so that neither inherits the other's mistakes.
"""

from __future__ import annotations

import re
from typing import cast

from pydantic import JsonValue

from .schema import Object, check_schema
from .wire_errors import fcm_error, invalid_field, malformed_json

TARGETS = ("fid", "token", "topic", "condition")
_MAX_TTL_S = 2_419_200
_RESERVED = re.compile(r"from$|message_type$|google|gcm")


def check_call(call: JsonValue) -> Object:
    """Return the message of a call of `messages:send`, its names in snake_case.

    Raises:
        WireError: The 400 that FCM would answer.
    """
    if not isinstance(call, dict):
        raise malformed_json("", "Invalid JSON payload received. Expected an object.")
    message = check_schema(call, "SendMessageRequest").get("message")
    if not isinstance(message, dict):
        raise invalid_field("message", "Message is required")
    _check_target(message)
    _check_rules(message)
    _check_size(message)
    return message


def _check_target(message: Object) -> None:
    given = [name for name in TARGETS if message.get(name)]
    if not given:
        raise fcm_error("INVALID_ARGUMENT", message="Recipient of the message is not set.")
    if len(given) > 1:
        text = f"oneof field 'target' is already set. Cannot set '{given[-1]}'"
        raise malformed_json("message", f"Invalid value at 'message' (oneof), {text}")
    if "android" in message and "android_v2" in message:
        raise invalid_field("message.android_v2", "android and android_v2 are mutually exclusive")


def _check_rules(message: Object) -> None:
    for name in _part(message, "data"):
        if _RESERVED.match(name):
            raise invalid_field(f"message.data[{name}]", f"Invalid data payload key: {name}")
    for part in ("android", "android_v2"):
        ttl = _part(message, part).get("ttl")
        if ttl is not None and not 0 <= float(str(ttl)[:-1]) <= _MAX_TTL_S:
            text = f"Invalid ttl: {ttl}. It must be between 0 and {_MAX_TTL_S} seconds"
            raise invalid_field(f"message.{part}.ttl", text)
    link = _part(message, "webpush", "fcm_options").get("link")
    if link is not None and not str(link).startswith("https://"):
        raise invalid_field("message.webpush.fcm_options.link", "Webpush link must be an HTTPS URL")


def _check_size(message: Object) -> None:
    limit = 2048 if message.get("topic") or message.get("condition") else 4096
    for name, own in (
        ("Android", _part(message, "android")),
        ("Android", {**_part(message, "android_v2"), **_part(message, "android_v2", "remote_notification")}),
        ("Web push", _part(message, "webpush")),
    ):
        notification = {**_part(message, "notification"), **_part(own, "notification")}
        if _size(own.get("data") or message.get("data")) + _size(notification) > limit:
            raise fcm_error("INVALID_ARGUMENT", message=f"{name} message is too big")
    shared = _size(message.get("data")) + _size(message.get("notification"))
    if shared + _size(_part(message, "apns").get("payload")) > limit:
        raise fcm_error("INVALID_ARGUMENT", message="APNs message is too big")


def _part(message: Object, *names: str) -> Object:
    for name in names:
        message = cast("Object", message.get(name) or {})
    return message


def _size(value: JsonValue) -> int:
    if isinstance(value, dict):
        return sum(len(name.encode()) + _size(item) for name, item in value.items())
    if isinstance(value, list):
        return sum(_size(item) for item in value)
    return 0 if value is None else len(str(value).encode())
