"""What the real FCM checks in a message before it looks for the phone.

Written against the wire and not with `postengine.fcm`, so that neither inherits the other's mistakes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue

from .wire_errors import fcm_error, invalid_field, malformed_json

TARGETS = ("fid", "token", "topic", "condition")
_Object = dict[str, JsonValue]
_DURATION = re.compile(r"(\d+)(\.\d{1,9})?s")
_MAX_TTL_S = 2_419_200
_RESERVED = re.compile(r"from$|message_type$|google|gcm")


@dataclass(frozen=True)
class _Shape:
    """Names that an object may have; the kinds of those that are checked."""

    names: frozenset[str]
    kinds: dict[str, type]


def _shape(
    strings: str = "", flags: str = "", objects: str = "", numbers: str = "", others: str = ""
) -> _Shape:
    kinds: dict[str, type] = {}
    for words, kind in ((strings, str), (flags, bool), (objects, dict), (numbers, int)):
        kinds |= dict.fromkeys(words.split(), kind)
    return _Shape(frozenset(kinds) | frozenset(others.split()), kinds)


_SHAPES = {
    "message": _shape(
        "name fid token topic condition",
        objects="data notification android android_v2 webpush apns fcm_options",
    ),
    "message.notification": _shape("title body image"),
    "message.android": _shape(
        "collapse_key priority ttl restricted_package_name",
        "direct_boot_ok bandwidth_constrained_ok restricted_satellite_ok",
        "data notification fcm_options",
    ),
    "message.android.notification": _shape(
        "title body icon color sound tag click_action body_loc_key title_loc_key channel_id ticker "
        "event_time image notification_priority visibility proxy",
        "sticky local_only default_sound default_vibrate_timings default_light_settings "
        "bypass_proxy_notification",
        "light_settings",
        "notification_count",
        others="body_loc_args title_loc_args vibrate_timings",
    ),
    "message.webpush": _shape(objects="headers data notification fcm_options"),
    "message.apns": _shape("live_activity_token", objects="headers payload fcm_options"),
}
_TEXT_MAPS = (
    "message.data",
    "message.android.data",
    "message.webpush.data",
    "message.webpush.headers",
    "message.apns.headers",
)


def check_call(call: JsonValue) -> _Object:
    """Return the message of a call of `messages:send`, its names in snake_case.

    Raises:
        WireError: The 400 that FCM would answer.
    """
    if not isinstance(call, dict):
        raise malformed_json("", "Invalid JSON payload received. Expected an object.")
    unknown = sorted(call.keys() - {"message", "validate_only", "validateOnly"})
    if unknown:
        raise _unknown_name(unknown[0], "")
    message = call.get("message")
    if not isinstance(message, dict):
        raise invalid_field("message", "Message is required")
    message = _checked(message, "message")
    _check_target(message)
    _check_rules(message)
    _check_size(message)
    return message


def _checked(value: _Object, path: str) -> _Object:
    """Check names and types, all the way down."""
    shape = _SHAPES.get(path)
    if shape is None:
        return value
    result: _Object = {}
    for given, item in value.items():
        name = _snake(given)
        if name not in shape.names:
            raise _unknown_name(given, path)
        kind = shape.kinds.get(name)
        if kind and (not isinstance(item, kind) or (kind is int and isinstance(item, bool))):
            raise malformed_json(
                f"{path}.{name}", f"Invalid value at '{path}.{name}' ({_google_type(kind)}), {item!r}"
            )
        result[name] = _checked(item, f"{path}.{name}") if isinstance(item, dict) else item
    for map_path in _TEXT_MAPS:
        parent, _, name = map_path.rpartition(".")
        if parent == path:
            _check_texts(result.get(name), map_path)
    return result


def _check_texts(values: JsonValue, path: str) -> None:
    for index, value in enumerate(cast("_Object", values or {}).values()):
        if not isinstance(value, str):
            raise malformed_json(
                f"{path}[{index}].value", f"Invalid value at '{path}[{index}].value' (TYPE_STRING), {value!r}"
            )


def _check_target(message: _Object) -> None:
    given = [name for name in TARGETS if message.get(name)]
    if not given:
        raise fcm_error("INVALID_ARGUMENT", message="Recipient of the message is not set.")
    if len(given) > 1:
        text = f"oneof field 'target' is already set. Cannot set '{given[-1]}'"
        raise malformed_json("message", f"Invalid value at 'message' (oneof), {text}")
    if "android" in message and "android_v2" in message:
        raise invalid_field("message.android_v2", "android and android_v2 are mutually exclusive")


def _check_rules(message: _Object) -> None:
    for name in cast("_Object", message.get("data") or {}):
        if _RESERVED.match(name):
            raise invalid_field(f"message.data[{name}]", f"Invalid data payload key: {name}")
    android = cast("_Object", message.get("android") or {})
    priority = android.get("priority")
    if priority is not None and str(priority).upper() not in {"HIGH", "NORMAL"}:
        raise malformed_json(
            "message.android.priority", f"Invalid value at 'message.android.priority', {priority!r}"
        )
    if "ttl" in android:
        _check_ttl(cast("str", android["ttl"]))
    webpush = cast("_Object", message.get("webpush") or {})
    link = cast("_Object", webpush.get("fcm_options") or {}).get("link")
    if link is not None and not str(link).startswith("https://"):
        raise invalid_field("message.webpush.fcm_options.link", "Webpush link must be an HTTPS URL")


def _check_ttl(ttl: str) -> None:
    path = "message.android.ttl"
    match = _DURATION.fullmatch(ttl)
    if match is None:
        raise malformed_json(
            path, f"Invalid value at '{path}' (type.googleapis.com/google.protobuf.Duration), {ttl!r}"
        )
    if float(ttl[:-1]) > _MAX_TTL_S:
        raise invalid_field(path, f"Invalid ttl: {ttl}. It must be between 0 and {_MAX_TTL_S} seconds")


def _check_size(message: _Object) -> None:
    limit = 2048 if message.get("topic") or message.get("condition") else 4096
    shared = _size(message.get("data")) + _size(message.get("notification"))
    android = cast("_Object", message.get("android") or {})
    if shared + _size(android.get("data")) + _size(android.get("notification")) > limit:
        raise fcm_error("INVALID_ARGUMENT", message="Android message is too big")
    webpush = cast("_Object", message.get("webpush") or {})
    if shared + _size(webpush.get("data")) + _size(webpush.get("notification")) > limit:
        raise fcm_error("INVALID_ARGUMENT", message="Web push message is too big")


def _size(value: JsonValue) -> int:
    if isinstance(value, dict):
        return sum(len(name.encode()) + _size(item) for name, item in value.items())
    return 0 if value is None else len(str(value).encode())


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter.group().lower()}", name)


def _unknown_name(name: str, path: str) -> Exception:
    at = f" at '{path}'" if path else ""
    return malformed_json(
        path, f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
    )


def _google_type(kind: type) -> str:
    return {str: "TYPE_STRING", bool: "TYPE_BOOL", int: "TYPE_INT32"}.get(kind, "TYPE_MESSAGE")
