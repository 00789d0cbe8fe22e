"""Which characters need a glyph, which are ornaments, and which are only noise.

- White space needs no glyph.
- Default ignorables (joiners, bidi isolates, variation selectors, soft hyphens) need no glyph and stay.
- Bidi overrides (U+202D, U+202E) are taken out: they turn a line around and serve nothing but deceit.
- Control characters that are no white space are taken out.
- Of the marks on one letter ("zalgo") the fifth and further are taken out: they would cross other lines.
- Emoji, symbols and private characters that no font of the set has are taken out: ornaments, not words.
- Whatever else has no glyph is a `FontMissing`: letters, digits, marks, unassigned ones, lone surrogates.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from .fonttools import script_extension, script_name

_MARKS = 4
_NOISE = re.compile("[\u202d\u202e]|[\x00-\x1f\x7f-\x9f]")
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Source: Unicode 16, DerivedCoreProperties.txt, Default_Ignorable_Code_Point; without the Hangul fillers,
for which takumi draws a box, and with the two line separators."""

_KEYCAP = "\u20e3"
_PICTOGRAPHS = ("\U0001f000", "\U0001faff")  # also those that are newer than Python's tables
_NAMES = {
    "Cc": "control characters",
    "Cn": "unassigned characters",
    "Co": "private use",
    "Cs": "lone surrogates",
    "Sk": "emoji",
    "So": "emoji and symbols",
}


def needs_glyph(character: str) -> bool:
    """Return whether a character shows an empty box if a font lacks it."""
    return not character.isspace() and not _IGNORABLE.match(character)


def is_ornament(character: str) -> bool:
    """Return whether a text may lose a character that no font has: emoji, symbols, what belongs to them."""
    if character == _KEYCAP or _PICTOGRAPHS[0] <= character <= _PICTOGRAPHS[1]:
        return True
    return unicodedata.category(character) in {"So", "Sk", "Cf", "Co"}


def without_noise(text: str) -> str:
    """Return `text` without control characters, bidi overrides and heaps of marks.

    >>> without_noise(f"Villa{chr(7)} {chr(0x202E)}nova")
    'Villa nova'
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS and (character.isspace() or not _NOISE.match(character)):
            kept.append(character)
    return "".join(kept)


def scripts_of(character: str) -> tuple[str, ...]:
    """Return the scripts that a character is used in (ISO 15924 codes, sorted); empty for a common one.

    >>> scripts_of("東"), scripts_of("5")
    (('Hani',), ())
    """
    return tuple(sorted(script_extension(character) - {"Zyyy", "Zinh", "Zzzz"}))


def main_script(text: str) -> str | None:
    """Return the script of most letters of a text; of two the first; None without letters.

    >>> main_script("Villa λ"), main_script("123")
    ('Latn', None)
    """
    scripts: Counter[str] = Counter()
    for character, times in Counter(text).items():
        if unicodedata.category(character)[0] in "LM":
            scripts.update(dict.fromkeys(scripts_of(character), times))
    return max(scripts, key=lambda script: scripts[script], default=None)


def kind_of(character: str) -> str:
    """Return what an error calls a character's kind: its script, or why it has none.

    >>> kind_of("東"), kind_of("🏡")
    ('Han', 'emoji and symbols')
    """
    name = _NAMES.get(unicodedata.category(character))
    return name or script_name(character)
