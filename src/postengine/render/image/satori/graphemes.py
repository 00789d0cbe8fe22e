"""Pictures in place of characters, as Satori takes them for emoji."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Part(NamedTuple):
    """A part of a text: words, or a picture's source in place of a character."""

    text: str
    source: str | None = None


def parts_of(text: str, pictures: Mapping[str, str]) -> list[Part]:
    """Split a text where pictures stand; the longest name wins.

    >>> parts_of("ab☀", {"☀": "sun.svg"})
    [Part(text='ab', source=None), Part(text='☀', source='sun.svg')]
    """
    names = sorted((name for name in pictures if name), key=len, reverse=True)
    if not names:
        return [Part(text)]
    splitter = re.compile("(" + "|".join(map(re.escape, names)) + ")")
    return [Part(part, pictures.get(part)) for part in splitter.split(text) if part]
