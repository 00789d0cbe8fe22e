"""Placeholders in a string: `{{name}}` or `{{name|filter}}`, with dotted names and nothing to compute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from postengine.render.templates.parts import Sheet

from .filters import FILTERS, written
from .names import NAMES, Kind, Name, Value, name_of, nearest

_MARKED = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_INNER = re.compile(r"\s*([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*((?:\|\s*[a-z_]+\s*){0,4})")
_MOST = 40
"""Placeholders in one string."""

_UNWRITABLE: Mapping[Kind, str] = MappingProxyType(
    {
        "list": "is a list; repeat the node with each, or write it with |join",
        "flag": 'only says whether there is something; use it in "when"',
        "point": "is a point; it can only be the whole value of focus",
    }
)
LOCAL: Mapping[str, Kind] = MappingProxyType({"item": "text", "index": "number"})
"""The names inside a node with `each`."""


class PlaceholderInvalid(ValueError):
    """A placeholder that cannot be understood; the message is what to tell the author."""


@dataclass(frozen=True)
class Placeholder:
    """One placeholder.

    Attributes:
        path: The dotted name.
        filters: Applied from left to right.
    """

    path: str
    filters: tuple[str, ...]


@dataclass(frozen=True)
class Scope:
    """Where a placeholder is filled.

    Attributes:
        sheet: What the names are read from.
        item: The entry at hand, inside a node with `each`.
        index: Its place, counted from 1.
    """

    sheet: Sheet
    item: str | None = None
    index: int | None = None

    def value(self, path: str) -> Value:
        """Return what a known name stands for here."""
        if path == "item":
            return self.item
        if path == "index":
            return self.index
        return _known(path, has_item=False).value(self.sheet)


@lru_cache(maxsize=4096)
def pieces_of(text: str) -> tuple[str | Placeholder, ...]:
    """Part a string into plain pieces and placeholders; empty plain pieces are left out.

    Raises:
        PlaceholderInvalid: Braces that are none, or too many placeholders.

    >>> pieces_of("from {{ listing.price | money }}")
    ('from ', Placeholder(path='listing.price', filters=('money',)))
    """
    parts = _MARKED.split(text)
    if len(parts) // 2 > _MOST:
        raise PlaceholderInvalid(f"expected at most {_MOST} placeholders, got {len(parts) // 2}; shorten it")
    pieces: list[str | Placeholder] = []
    for at, part in enumerate(parts):
        if at % 2:
            pieces.append(_placeholder(part))
        elif "{{" in part or "}}" in part:
            raise PlaceholderInvalid("expected every {{ to be closed by }}; complete the placeholder")
        elif part:
            pieces.append(part)
    return tuple(pieces)


def _placeholder(inner: str) -> Placeholder:
    found = _INNER.fullmatch(inner)
    if found is None:
        raise PlaceholderInvalid(
            f"expected a name such as {{{{listing.title}}}} or {{{{listing.price|money}}}}, "
            f"got {{{{{inner[:60]}}}}}; nothing else can stand in it"
        )
    return Placeholder(found[1], tuple(part.strip() for part in found[2].split("|")[1:]))


def check_string(text: str, *, has_item: bool) -> None:
    """Refuse a string whose placeholders name something that is not there, or that cannot be written.

    Raises:
        PlaceholderInvalid: With the nearest known name.
    """
    pieces = pieces_of(text)
    for piece in pieces:
        if isinstance(piece, Placeholder):
            kind = _kind(piece, has_item=has_item)
            is_whole = len(pieces) == 1
            if kind in _UNWRITABLE and not (kind == "point" and is_whole):
                raise PlaceholderInvalid(f"{piece.path} {_UNWRITABLE[kind]}")


def check_name(path: str, *, has_item: bool) -> Name | None:
    """Refuse a name that is not there; return what it stands for (None for those inside an `each`).

    Raises:
        PlaceholderInvalid: With the nearest known name.
    """
    return None if has_item and path in LOCAL else _known(path, has_item=has_item)


def _known(path: str, *, has_item: bool) -> Name:
    name = name_of(path)
    if name is not None:
        return name
    if path in LOCAL:
        raise PlaceholderInvalid(
            f'{path} is known only inside a node with "each"; add it, or name a list\'s entry'
        )
    names = [*(LOCAL if has_item else ()), *NAMES]
    raise PlaceholderInvalid(f"there is no name {path}; {nearest(path, names)}")


def _kind(placeholder: Placeholder, *, has_item: bool) -> Kind:
    name = check_name(placeholder.path, has_item=has_item)
    kind = LOCAL[placeholder.path] if name is None else name.kind
    for asked in placeholder.filters:
        if asked not in FILTERS:
            raise PlaceholderInvalid(f"there is no filter {asked}; {nearest(asked, FILTERS)}")
        takes = FILTERS[asked].takes
        if takes != kind:
            raise PlaceholderInvalid(
                f"the filter {asked} is for a {takes}, and {placeholder.path} is a {kind}"
            )
        kind = FILTERS[asked].gives
    return kind


def is_empty(value: Value) -> bool:
    """Return whether there is nothing to show; the number 0 is something."""
    return value is None or value is False or value in ("", ())


@dataclass(frozen=True)
class Filled:
    """A string with its placeholders filled in.

    Attributes:
        value: A number, a text or a point where the string was one placeholder, else a text; None where it
            was one placeholder and that is empty.
        missing: The names that are empty here.
        is_all_missing: It had placeholders, and each of them is empty.
    """

    value: str | int | float | tuple[float, float] | None
    missing: tuple[str, ...]
    is_all_missing: bool


def fill(text: str, scope: Scope, *, is_prose: bool) -> Filled:
    """Fill in the placeholders of a checked string; what is filled in is not looked through again.

    Args:
        text: From the file.
        scope: Where the values come from.
        is_prose: Numbers are written as the locale writes them, and not as CSS does.
    """
    pieces = pieces_of(text)
    marks = [piece for piece in pieces if isinstance(piece, Placeholder)]
    if not marks:
        return Filled(text, (), is_all_missing=False)
    values = {mark: _value(mark, scope) for mark in marks}
    missing = tuple(mark.path for mark in marks if is_empty(values[mark]))
    is_all_missing = len(missing) == len(marks)
    if len(pieces) == 1 and not is_prose:
        return Filled(_bare(values[marks[0]], marks[0], scope), missing, is_all_missing=is_all_missing)
    told = [
        piece if isinstance(piece, str) else _told(piece, values[piece], scope, is_prose) for piece in pieces
    ]
    return Filled("".join(told), missing, is_all_missing=is_all_missing)


def _value(mark: Placeholder, scope: Scope) -> Value:
    value = scope.value(mark.path)
    for name in mark.filters:
        if is_empty(value):
            return None
        value = FILTERS[name].apply(scope.sheet.wording, value)
    return value


def _bare(value: Value, mark: Placeholder, scope: Scope) -> str | int | float | tuple[float, float] | None:
    """Return the value of a string that is one placeholder: numbers and points stay what they are."""
    if is_empty(value):
        return None
    if isinstance(value, str | int | float):
        return value
    if (
        isinstance(value, tuple)
        and len(value) == 2
        and isinstance(value[0], float)
        and isinstance(value[1], float)
    ):
        return value[0], value[1]
    return _told(mark, value, scope, is_prose=True)


def _told(mark: Placeholder, value: Value, scope: Scope, is_prose: bool) -> str:  # noqa: FBT001 - as of `fill`
    if is_empty(value):
        return ""
    if isinstance(value, int | float) and not is_prose:
        return f"{value:g}"
    return written(scope.sheet.wording, _kind(mark, has_item=scope.index is not None), value)
