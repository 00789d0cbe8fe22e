"""What a reader sees as one character: extended grapheme clusters.

Source: Unicode Standard Annex #29, rules GB3 to GB13.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from .grapheme_table import GRAPHEME_CLASSES

__all__ = ["grapheme_length", "graphemes", "is_emoji"]

_EXTENDING = frozenset({"EXTEND", "EXTEND_INDIC", "LINKER", "ZWJ"})
_HANGUL = frozenset(
    {
        ("L", "L"), ("L", "V"), ("L", "LV"), ("L", "LVT"), ("LV", "V"), ("LV", "T"), ("V", "V"), ("V", "T"),
        ("LVT", "T"), ("T", "T"),
    }
)  # fmt: skip
_SYLLABLES = range(0xAC00, 0xD7A4)
_SYLLABLES_A_VOWEL = 28
_KEYCAP = "\u20e3"


def graphemes(text: str) -> list[str]:
    r"""Split `text` into what a reader sees as its characters.

    >>> graphemes("👩\u200d👧🇩🇪!")
    ['👩\u200d👧', '🇩🇪', '!']
    """
    walk = _Walk()
    clusters: list[str] = []
    for char in text:
        if walk.joins(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def grapheme_length(text: str) -> int:
    r"""Count what a reader sees as characters.

    >>> grapheme_length("👩\u200d👩\u200d👧")
    1
    """
    return len(text) - text.count("\r\n") if text.isascii() else len(graphemes(text))


def is_emoji(cluster: str) -> bool:
    r"""Tell whether a cluster is drawn as a picture: an emoji, a flag or a keycap.

    >>> is_emoji("🇩🇪"), is_emoji("é"), is_emoji("1\ufe0f\u20e3")
    (True, False, True)
    """
    return cluster.endswith(_KEYCAP) or _class_of(cluster[0]) in {"PICTURE", "REGIONAL"}


class _Walk:
    """Goes along a text and remembers what the rules look back at."""

    def __init__(self) -> None:
        self._char = ""
        self._class = "CONTROL"  # before the start is a break, as around a control character
        self._conjunct = ""  # GB9c: "consonant", then "linked" after a linker
        self._picture = ""  # GB11: "picture", then "joined" after a zero-width joiner
        self._flag_is_open = False  # GB12, GB13: an odd number of regional indicators

    def joins(self, char: str) -> bool:
        """Tell whether there is no break before `char`, and step over it."""
        found = _class_of(char)
        is_joined = self._is_joined(char, found)
        self._flag_is_open = found == "REGIONAL" and not (self._flag_is_open and is_joined)
        self._conjunct = _next_conjunct(self._conjunct, found)
        self._picture = _next_picture(self._picture, found)
        self._char, self._class = char, found
        return is_joined

    def _is_joined(self, char: str, found: str) -> bool:
        before = self._class
        if "CONTROL" in (before, found):
            return self._char == "\r" and char == "\n"
        if found in _EXTENDING or found == "SPACING" or before == "PREPEND":
            return True
        if found == "REGIONAL":
            return self._flag_is_open
        if found == "CONSONANT":
            return self._conjunct == "linked"
        if found == "PICTURE":
            return self._picture == "joined"
        return (before, found) in _HANGUL


def _next_conjunct(conjunct: str, found: str) -> str:
    if found == "CONSONANT":
        return "consonant"
    if found == "LINKER":
        return "linked" if conjunct else ""
    return conjunct if found in {"EXTEND_INDIC", "ZWJ"} else ""


def _next_picture(picture: str, found: str) -> str:
    if found == "PICTURE":
        return "picture"
    if found == "ZWJ":
        return "joined" if picture == "picture" else ""
    return picture if found in _EXTENDING and picture == "picture" else ""


def _class_of(char: str) -> str:
    code = ord(char)
    if code in _SYLLABLES:
        return "LVT" if (code - _SYLLABLES.start) % _SYLLABLES_A_VOWEL else "LV"
    starts, ranges = _ranges()
    last, name = ranges[bisect_right(starts, code) - 1]  # the first row starts at 0
    return name if code <= last else ""


@cache
def _ranges() -> tuple[list[int], list[tuple[int, str]]]:
    """Read the table, at the first use and not at import: starts, and (last, class) beside them."""
    rows: list[tuple[int, int, str]] = []
    for name, written in GRAPHEME_CLASSES.items():
        for span in written.split():
            first, _, last = span.partition("-")
            rows.append((int(first, 16), int(last or first, 16), name))
    rows.sort()
    return [first for first, _, _ in rows], [(last, name) for _, last, name in rows]
