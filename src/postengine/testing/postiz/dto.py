"""The checks of `POST /posts` that answer with a list of messages, in the real server's words and order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from .dates import parse_date
from .provider_checks import settings_problems
from .sanitise import flatten, sanitise

_EXTENSIONS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4")
_NO_TEXT = " If images do not exist, content must be a non-empty string."


def body_problems(
    body: Mapping[str, JsonValue], entries: list[Mapping[str, JsonValue]], identifiers: list[str]
) -> list[str]:
    """List everything that is wrong.

    Args:
        body: The request's.
        entries: Its `posts`.
        identifiers: The provider of each entry.

    Raises:
        Unparsable: The date passes its check and cannot be parsed all the same.
    """
    problems = list(_problems(body))
    if not entries:
        problems.append("posts must contain at least 1 elements")
    for index, (entry, identifier) in enumerate(zip(entries, identifiers, strict=True)):
        problems += [f"posts.{index}.{problem}" for problem in _entry(entry, identifier)]
    return problems


def _problems(body: Mapping[str, JsonValue]) -> Iterator[str]:
    if body.get("shortLink") is None:
        yield from ("shortLink should not be null or undefined", "shortLink must be a boolean value")
    if body.get("date") is None:
        yield "date should not be null or undefined"
    if parse_date(body.get("date")) is None:
        yield "date must be a valid ISO 8601 date string"
    yield from _tags(body.get("tags"))


def _tags(tags: JsonValue) -> Iterator[str]:
    if tags is None:
        yield "tags should not be null or undefined"
    if not isinstance(tags, list):
        yield "tags must be an array"
    elif any(not isinstance(tag, dict | list) for tag in tags):
        yield "tags.each value in nested property tags must be either object or array"


def _entry(entry: Mapping[str, JsonValue], identifier: str) -> Iterator[str]:
    value = entry.get("value")
    if not isinstance(value, list):
        if value is None:
            yield "value should not be null or undefined"
        yield from ("value must be an array", "value must contain at least 1 elements")
    elif not value:
        yield "value must contain at least 1 elements"
    else:
        for index, part in enumerate(value):
            if isinstance(part, dict):
                yield from (f"value.{index}.{problem}" for problem in _part(part))
            else:
                yield "value.each value in nested property value must be either object or array"
    settings = entry.get("settings")
    given = settings if isinstance(settings, dict) else {}
    yield from (f"settings.{problem}" for problem in settings_problems(identifier, given))


def _part(part: Mapping[str, JsonValue]) -> Iterator[str]:
    content, image = part.get("content"), part.get("image")
    if content is None:
        yield "content should not be null or undefined"
    text = flatten(sanitise(content)) if isinstance(content, str) else ""
    if not text.strip() and not image:
        yield _NO_TEXT
    if not isinstance(content, str):
        yield "content must be a string"
    yield from _image(part)


def _image(part: Mapping[str, JsonValue]) -> Iterator[str]:
    image = part.get("image")
    if not isinstance(image, list):
        yield "image must be an array"
        if "image" in part:
            yield "each value in nested property image must be either object or array"
        return
    if any(not isinstance(item, dict | list) for item in image):
        yield "image.each value in nested property image must be either object or array"
        return
    for index, item in enumerate(image):
        if isinstance(item, dict):
            yield from (f"image.{index}.{problem}" for problem in _media(item))


def _media(item: Mapping[str, JsonValue]) -> Iterator[str]:
    identity, path = item.get("id"), item.get("path")
    if identity is None:
        yield "id should not be null or undefined"
    if not isinstance(identity, str):
        yield "id must be a string"
    if path is None:
        yield "path should not be null or undefined"
    if not isinstance(path, str) or not path.split("?")[0].endswith(_EXTENSIONS):
        yield f"File must have a valid extension: {', '.join(_EXTENSIONS[:-1])}, or {_EXTENSIONS[-1]}"
    if not isinstance(path, str):
        yield "path must be a string"
