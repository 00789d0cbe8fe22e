"""A long quotation in portions that can be read one at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .tempo import words_in

MOST_WORDS = 14.0
"""Of a portion: read in about four seconds."""

_SENTENCE = re.compile(r"(?<=[.!?…।؟])\s+|(?<=[。\uff01\uff1f])")
_CLAUSE = re.compile(r"(?<=[,;:\u2013\u2014،؛])\s+|(?<=[、\uff1b\uff1a])")
_WORD = re.compile(r"\s+")


def portions_of(quote: str, most: float = MOST_WORDS) -> tuple[str, ...]:
    """Return a quotation in portions: whole sentences if they are short, else clauses, else words.

    >>> portions_of("It took five weeks. We slept well.")
    ('It took five weeks. We slept well.',)
    >>> portions_of("From the first viewing to the keys it took five weeks, and we slept well.", most=8)
    ('From the first viewing to the', 'keys it took five weeks,', 'and we slept well.')
    """
    return tuple(_joined(list(_pieces(" ".join(quote.split()), most, (_SENTENCE, _CLAUSE))), most))


def _pieces(text: str, most: float, ways: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    if words_in(text) <= most:
        yield text
    elif ways:
        for part in ways[0].split(text):
            if part:
                yield from _pieces(part, most, ways[1:])
    else:
        yield from _even(text, most)


def _even(text: str, most: float) -> Iterator[str]:
    """Yield words, or letters of a script that puts no spaces, in portions of similar length."""
    units = [unit for unit in _WORD.split(text) if unit]
    glue = " "
    if len(units) < words_in(text) / most:
        units, glue = list(text), ""
    count = int(-(-words_in(text) // most))
    for number in range(count):
        first, end = round(number * len(units) / count), round((number + 1) * len(units) / count)
        yield glue.join(units[first:end])


def _joined(pieces: list[str], most: float) -> Iterator[str]:
    """Yield portions, short ones put together."""
    held = ""
    for piece in pieces:
        both = _glued(held, piece)
        if not held or words_in(both) <= most:
            held = both
        else:
            yield held
            held = piece
    yield held


def _glued(one: str, other: str) -> str:
    if not one:
        return other
    return f"{one}{'' if unicodedata.east_asian_width(one[-1]) in 'WF' else ' '}{other}"
