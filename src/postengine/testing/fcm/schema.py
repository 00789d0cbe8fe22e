"""The JSON that FCM's front reads: names, types, formats and enums of its discovery document.

`discovery.json` beside this file holds what the document says of `messages:send`, copied without the prose.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from .wire_errors import malformed_json

Object = dict[str, JsonValue]
_FORMATS = {
    "google-duration": (re.compile(r"-?\d+(\.\d{1,9})?s"), "type.googleapis.com/google.protobuf.Duration"),
    "google-datetime": (
        re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)"),
        "type.googleapis.com/google.protobuf.Timestamp",
    ),
}
_TYPES = {
    "string": (str, "TYPE_STRING"),
    "boolean": (bool, "TYPE_BOOL"),
    "integer": (int, "TYPE_INT32"),
    "number": (int | float, "TYPE_FLOAT"),
    "array": (list, "TYPE_MESSAGE"),
    "object": (dict, "TYPE_MESSAGE"),
}
_INT32 = 2**31


class Schema(BaseModel):
    """What the document says of one field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ref: str = Field(default="", alias="$ref")
    type: str = "object"
    format: str = ""
    enum: tuple[str, ...] = ()
    items: Schema | None = None
    values: Schema | None = Field(default=None, alias="additionalProperties")


class _Document(BaseModel):
    schemas: dict[str, dict[str, Schema]]


def check_schema(value: JsonValue, kind: str, path: str = "", *, is_lenient: bool = True) -> Object:
    """Return an object with its names in snake_case, all the way down; what is null is left out.

    Args:
        value: Any JSON.
        kind: Name of a schema of the document.
        path: Where it stands, for the errors.
        is_lenient: Take words of enums in lower case too: the real front does, the document does not.

    Raises:
        WireError: The 400 of FCM's front.
    """
    if not isinstance(value, dict):
        raise _wrong(path, "TYPE_MESSAGE", value)
    schemas = {_snake(name): schema for name, schema in _schemas()[kind].items()}
    result: Object = {}
    for given, item in value.items():
        name = _snake(given)
        if name not in schemas:
            raise _unknown_name(given, path)
        place = f"{path}.{name}" if path else name
        if item is not None:
            result[name] = _checked(item, schemas[name], place, is_lenient=is_lenient)
    return result


def _checked(value: JsonValue, schema: Schema, path: str, *, is_lenient: bool) -> JsonValue:
    if schema.ref:
        return check_schema(value, schema.ref, path, is_lenient=is_lenient)
    if schema.type == "any":
        return value
    _check_type(value, schema, path)
    if schema.enum and not _is_word_of(schema, cast("str", value), ignores_case=is_lenient):
        raise _wrong(path, "TYPE_ENUM", value)
    if isinstance(value, dict):
        return _checked_map(value, cast("Schema", schema.values), path, is_lenient=is_lenient)
    if isinstance(value, list):
        items = cast("Schema", schema.items)
        return [
            _checked(item, items, f"{path}[{index}]", is_lenient=is_lenient)
            for index, item in enumerate(value)
        ]
    return value


def _checked_map(values: Object, schema: Schema, path: str, *, is_lenient: bool) -> Object:
    return {
        name: _checked(value, schema, f"{path}[{index}].value", is_lenient=is_lenient)
        for index, (name, value) in enumerate(values.items())
    }


def _check_type(value: JsonValue, schema: Schema, path: str) -> None:
    kind, google_type = _TYPES[schema.type]
    is_stray_flag = isinstance(value, bool) and kind is not bool
    if not isinstance(value, kind) or is_stray_flag:
        raise _wrong(path, google_type, value)
    if schema.format in _FORMATS:
        pattern, google_type = _FORMATS[schema.format]
        if not pattern.fullmatch(str(value)):
            raise _wrong(path, google_type, value)
    if schema.format == "int32" and not -_INT32 <= cast("int", value) < _INT32:
        raise _wrong(path, google_type, value)


def _is_word_of(schema: Schema, word: str, *, ignores_case: bool) -> bool:
    return (word.upper() if ignores_case else word) in schema.enum


@cache
def _schemas() -> dict[str, dict[str, Schema]]:
    text = files("postengine.testing.fcm").joinpath("discovery.json").read_bytes()
    return TypeAdapter(_Document).validate_json(text).schemas


def _wrong(path: str, google_type: str, value: JsonValue) -> Exception:
    return malformed_json(path, f"Invalid value at '{path}' ({google_type}), {value!r}")


def _unknown_name(name: str, path: str) -> Exception:
    at = f" at '{path}'" if path else ""
    return malformed_json(
        path, f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
    )


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter.group().lower()}", name)
