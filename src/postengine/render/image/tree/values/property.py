"""From a reader of CSS to a type of the style: what pydantic calls for each value, and how it complains."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from .css import CssInvalid, Reader, joined, shortened, tokens

T = TypeVar("T")

_PLAIN = re.compile(r"([+-]?(?:[0-9]*\.)?[0-9]{1,10})(%?)")
_MOST_CACHED_CHARACTERS = 500


@dataclass(frozen=True)
class Checked:
    """Makes pydantic call a function of ours for a value, and nothing else.

    Attributes:
        validate: Returns the value, or raises ValueError with a whole sentence.
    """

    validate: Callable[[object], object]

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validate)


def css_value(
    read: Callable[[Reader], object], wanted: str, *, least: float = 0, most: float | None = None
) -> Checked:
    """Return a validator for values that are CSS text, or numbers from `least` to `most` if that is given.

    Text comes out as it went in but for white space; a few forms that CSS has and the drawing engine lacks
    are written in another form of the same meaning.

    Args:
        read: Takes the whole value from the reader, or raises CssInvalid.
        wanted: What the property takes, as words after "Expected".
        least: The smallest number.
        most: The largest number; None if the property takes no bare number.
    """

    def validate(value: object) -> float | str:
        if isinstance(value, str):
            try:
                return checked(read, value)[0]
            except CssInvalid as problem:
                raise ValueError(_sentence(wanted, value, str(problem))) from None
        if most is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(_sentence(wanted, value))
        if not least <= value <= most:  # neither is NaN
            raise ValueError(_sentence(wanted, value, f"it may go from {least:,g} to {most:,g}"))
        return value

    return Checked(validate)


def plain_value(least: float, most: float, *, whole: bool = False) -> Checked:
    """Return a validator for a number from `least` to `most`, also one written as text.

    Args:
        least: The smallest.
        most: The largest.
        whole: It has no fraction.
    """
    wanted = f"a {'whole ' if whole else ''}number from {least:,g} to {most:,g}"

    def validate(value: object) -> float:
        number = _plain_number(value)
        if number is None or not least <= number <= most or (whole and number != int(number)):
            raise ValueError(_sentence(wanted, value))
        return int(number) if whole else number

    return Checked(validate)


def _plain_number(value: object) -> float | None:
    if isinstance(value, str):
        found = _PLAIN.fullmatch(value.strip())
        return float(found.group(1)) / (100 if found.group(2) else 1) if found else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value


def text_value(check: Callable[[str], str], wanted: str) -> Checked:
    """Return a validator for text that is not CSS.

    Args:
        check: Returns the text, or raises CssInvalid.
        wanted: What is taken, as words after "Expected".
    """

    def validate(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(_sentence(wanted, value))  # noqa: TRY004  pydantic reads ValueError
        try:
            return check(value)
        except CssInvalid as problem:
            raise ValueError(_sentence(wanted, value, str(problem))) from None

    return Checked(validate)


def checked(read: Callable[[Reader], T], text: str) -> tuple[str, T]:
    """Read all of `text`; return it with its white space tidied, and what `read` made of it.

    Raises:
        CssInvalid: It cannot be read.
    """
    if len(text) > _MOST_CACHED_CHARACTERS:
        return _read(read, text)
    return cast("tuple[str, T]", _cached(read, text))


def _read(read: Callable[[Reader], T], text: str) -> tuple[str, T]:
    reader = Reader(tokens(text))
    result = read(reader)
    reader.end()
    return joined(reader.tokens), result


@lru_cache(maxsize=4_096)
def _cached(read: Callable[[Reader], object], text: str) -> tuple[str, object]:
    return _read(read, text)


def _sentence(wanted: str, value: object, detail: str = "") -> str:
    return f"Expected {wanted}, got {shortened(value)}" + (f": {detail}." if detail else ".")
