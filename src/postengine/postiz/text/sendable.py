"""Text that Postiz can store: it answers 500 to a NUL character and to half a surrogate pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue


def sendable_text(text: str) -> str:
    """Return `text`.

    Raises:
        ValueError: It holds a NUL character or half a surrogate pair.
    """
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("Postiz cannot store a NUL character or half a surrogate pair; take it out")
    return text


def check_sendable(value: Mapping[str, JsonValue] | Mapping[str, str]) -> None:
    """Look for such text anywhere inside `value`, keys included.

    Raises:
        ValueError: There is one.
    """
    waiting: list[JsonValue] = [*value.keys(), *value.values()]
    while waiting:
        match waiting.pop():
            case str() as text:
                sendable_text(text)
            case Mapping() as entries:
                waiting += [*entries.keys(), *entries.values()]
            case Sequence() as items:
                waiting += items
            case _:  # numbers, true, false and null
                pass
