"""Reading what Postiz found wrong, in every shape that its error bodies have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from postengine.postiz.errors import FieldProblem

_OAUTH_ERRORS = frozenset(
    {"invalid_client", "invalid_grant", "invalid_request", "unsupported_grant_type", "access_denied"}
)
_EACH_VALUE = re.compile(r"each value in nested property (\w+)")
_OWN_WORDS = re.compile(r"[A-Z]\w*(?= (?:is required|must be))")
_PART = re.compile(r"\d+|\w+")
_UNKNOWN_CHANNEL = re.compile(r"Integration with id (\S+) not found")
_CHANNEL_AND_FIELD = re.compile(r".*: (\w+) ((?:must|should) .*)", re.DOTALL)

Body = Mapping[str, JsonValue]


def own_json(body: bytes) -> Body | None:
    """Return `body` if it is an error object that the application itself wrote.

    Gateways write JSON too, but none of the shapes that Postiz uses: `statusCode` or `msg` inside, or an
    `error` with one of OAuth's names.
    """
    try:
        found: JsonValue = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    is_own = "statusCode" in found or "msg" in found or found.get("error") in _OAUTH_ERRORS
    return found if is_own else None


def messages_of(own: Body) -> tuple[str, ...]:
    """Collect what is wrong: `message` as text or list, `msg`, or `error` with its description."""
    found = own.get("message", own.get("msg"))
    if isinstance(found, list):
        return tuple(str(item) for item in found)
    if found is not None:
        return (str(found),)
    named = own.get("error")
    if named is None:
        return ()
    described = own.get("error_description")
    return (f"{named}: {described}",) if described is not None else (str(named),)


def problems_of(own: Body, sent: JsonValue) -> tuple[FieldProblem, ...]:
    """Find for each message the place in `sent`, the request's JSON, that it is about; each problem once."""
    messages = messages_of(own)
    if isinstance(own.get("message"), list):
        found: Iterator[FieldProblem] = (_listed(message, sent) for message in messages)
    else:
        found = (_sentence(message, own, sent) for message in messages)
    return tuple(dict.fromkeys(found))


def _listed(message: str, sent: JsonValue) -> FieldProblem:
    """Read one message of the validator: a dotted path, then words, which may be somebody's own."""
    parts: list[str] = []
    rest = message
    while (match := _PART.match(rest)) is not None:
        after = rest[match.end() :]
        if after.startswith("."):
            parts.append(match.group())
            rest = after[1:]
            continue
        if after.startswith(" ") and match.group() != "each" and not match.group()[0].isupper():
            parts.append(match.group())
            rest = after
        break
    rest = rest.strip()
    parts += _implied(parts, rest, sent)
    return FieldProblem(_path(parts), rest)


def _implied(parts: list[str], rest: str, sent: JsonValue) -> list[str]:
    """Return the name of the field that a message in its author's own words is about."""
    each = _EACH_VALUE.match(rest)
    if each is not None:
        return [] if parts and parts[-1] == each.group(1) else [each.group(1)]
    if rest.startswith("File must have a valid extension"):
        return ["path"] if "image" in parts else ["url"]
    first = rest.partition(" ")[0].lower()
    parent = _at(sent, parts)
    is_in_request = isinstance(parent, dict) and first in parent
    is_named = rest[:1].isupper() and (is_in_request or _OWN_WORDS.match(rest) is not None)
    return [first] if is_named else []


def _sentence(message: str, own: Body, sent: JsonValue) -> FieldProblem:
    """Place a message that is a plain sentence, as far as the request shows where it belongs."""
    posts = sent.get("posts") if isinstance(sent, dict) else None
    entries = posts if isinstance(posts, list) else []
    unknown = _UNKNOWN_CHANNEL.fullmatch(message)
    if unknown is not None:
        for index, entry in enumerate(entries):
            if _at(entry, ["integration", "id"]) == unknown.group(1):
                return FieldProblem(f"posts[{index}].integration.id", message)
    if "provider" in own:
        place = "posts[0]" if len(entries) == 1 else ""
        return FieldProblem(place, f"{own.get('name', own['provider'])}: {message}")
    setting = _CHANNEL_AND_FIELD.fullmatch(message)
    if setting is not None and isinstance(sent, dict) and "settings" in sent:
        return FieldProblem(f"settings.{setting.group(1)}", setting.group(2))
    return FieldProblem("", message)


def _at(value: JsonValue, parts: list[str]) -> JsonValue:
    """Follow `parts` into `value`; None where they lead nowhere."""
    for part in parts:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _path(parts: list[str]) -> str:
    """Write `["posts", "0", "date"]` as `posts[0].date`."""
    steps = (f"[{part}]" if part.isdigit() else f".{part}" for part in parts)
    return "".join(steps).removeprefix(".")
