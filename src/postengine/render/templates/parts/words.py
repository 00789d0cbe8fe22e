"""Texts at the size that fits, in the brand's letters."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

from postengine.render.image.colour import Colour
from postengine.render.image.tree import Fit, Style, Text

from .sheet import Sheet

_FIRST_JOINING = 0x0590
"""From Hebrew on scripts join their letters, stack marks on them, or are set solid: none is spaced."""

_WITHOUT_CAPITALS = frozenset({"az", "el", "tr"})
"""Their capitals follow rules of their own: the dotted i, the accent that is dropped."""

HANG_EM = 0.035
"""The white beside a letter of the display sizes."""

_WITHOUT_WHITE = frozenset("AJVWXYvwxy")
"""Letters that begin with their very edge."""

_ISOLATES = "\u2066\u2069"

_NARROW_EM = 0.52
_BROADER_EM = 0.6
_FIRST_BROADER = 0x370
"""Greek, Cyrillic and what follows run wider than Latin."""

_SURELY = 1.14
"""How much wider than the estimate a text may turn out."""

_RAGGED = 1.4
"""How much longer than its letters a text of long words runs, since its lines do not fill up."""

_FINE_LINES = 8

_FEW_WORDS = 3
_ENDING = 0.6
"""Of a line's width, what its last two words may take to be kept together."""


@dataclass(frozen=True)
class Letters:
    """How words look.

    Attributes:
        size_px: At their largest.
        is_heading: In the brand's heading font and not in its body font.
        weight: 100 to 900; None is the font's usual one.
        tracking_em: Space between letters, where the script allows it.
    """

    size_px: float
    is_heading: bool = False
    weight: int | None = None
    tracking_em: float | None = None


def line(
    sheet: Sheet,
    text: str,
    letters: Letters,
    colour: Colour,
    *,
    width: float,
    key: str | None = None,
    may_shorten: bool = True,
    opacity: float = 1.0,
    least: float = 0.76,
    leading: float = 1.25,
) -> Text:
    """Return one line that shrinks to `least` of its size, then is shortened (a phone number never is)."""
    fit = Fit(min_px=_at_least(sheet, letters.size_px * least), max_lines=1, may_shorten=may_shorten)
    return _text(sheet, text, letters, colour, width, fit, key, opacity, leading)


def hung(sheet: Sheet, text: Text) -> Text:
    """Move large words outward by the white beside their first letter: its stem stands on the margin."""
    if unicodedata.normalize("NFD", text.text.lstrip(_ISOLATES))[:1] in _WITHOUT_WHITE:
        return text
    side = "margin_right" if sheet.wording.is_right_to_left else "margin_left"
    return text.model_copy(update={"style": text.style.model_copy(update={side: f"-{HANG_EM}em"})})


def paragraph(
    sheet: Sheet,
    text: str,
    letters: Letters,
    colour: Colour,
    *,
    width: float,
    lines: int,
    least_px: float,
    key: str | None = None,
    line_height: float | None = None,
    opacity: float = 1.0,
    may_shorten: bool = True,
) -> Text:
    """Return a text in up to `lines` balanced lines that shrinks to `least_px`, then is shortened."""
    solid = (
        1.14 if may_be_spaced(text) else 1.26
    )  # room for what stands above and below other scripts' letters
    height = line_height or (solid if letters.is_heading else 1.36)
    fit = Fit(min_px=_at_least(sheet, least_px), max_lines=lines, may_shorten=may_shorten)
    most_em = _ENDING * width / letters.size_px
    return _text(sheet, _bound(text, most_em), letters, colour, width, fit, key, opacity, height)


def _bound(text: str, most_em: float) -> str:
    r"""Bind a sentence's last word to the one before it, if both take a part of a line: none ends it alone.

    >>> _bound("Wir würden es wieder so machen.", most_em=8)
    'Wir würden es wieder so\xa0machen.'
    """
    words = text.split(" ")
    ending = "\u00a0".join(words[-2:])
    is_bound = len(words) > _FEW_WORDS and em_width(ending) <= most_em
    return " ".join((*words[:-2], ending)) if is_bound else text


def name(
    sheet: Sheet,
    text: str,
    letters: Letters,
    colour: Colour,
    *,
    width: float,
    key: str,
    lines: int = 2,
    least: float = 0.84,
    line_height: float = 1.25,
) -> Text:
    """Return a text in one line, if need be a little smaller; in two only where it would be cut otherwise."""
    least_px = _at_least(sheet, letters.size_px * least)
    fits = em_width(text) * _SURELY * least_px <= width
    return paragraph(
        sheet,
        text,
        letters,
        colour,
        width=width,
        lines=1 if fits else lines,
        least_px=least_px,
        key=key,
        line_height=line_height,
    )


def fine_print(sheet: Sheet, text: str, colour: Colour, *, width: float, key: str) -> Text:
    """Return a text in the smallest type, in as many lines as it takes: a word is broken, nothing is cut."""
    size = sheet.page.fine
    fit = Fit(
        min_px=min(size, sheet.page.least_fine), max_lines=_FINE_LINES, may_shorten=False, balanced=False
    )
    words = _text(sheet, text, Letters(size), colour, width, fit, key, 1.0, 1.3)
    return words.model_copy(update={"style": words.style.model_copy(update={"overflow_wrap": "anywhere"})})


def lines_for(sheet: Sheet, text: str, *, size_px: float, width: float, usual: int, most: float = 1.0) -> int:
    """Return how many lines to allow: the usual number, or as many as a text needs at its smallest size.

    `most` is the limit, as a share of the page's.
    """
    needed = math.ceil(em_width(text) * max(size_px, sheet.page.least) * _RAGGED / width)
    return max(min(max(usual, needed), round(sheet.page.most_lines * most)), 1)


def em_width(text: str) -> float:
    """Return about how wide a text is, in ems.

    >>> em_width("東京"), em_width("ab")
    (2.0, 1.04)
    """
    return round(sum(_em_width(character) for character in text), 2)


def _em_width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return 0.0
    return _NARROW_EM if ord(character) < _FIRST_BROADER else _BROADER_EM


def capitals(sheet: Sheet, text: str) -> str:
    """Return a short label in capitals, where its script has some and its language makes them simply."""
    if sheet.wording.locale.language in _WITHOUT_CAPITALS:
        return text
    return text.upper()


def may_be_spaced(text: str) -> bool:
    """Return whether letters of a text may stand apart: Latin, Greek and Cyrillic ones."""
    return all(ord(character) < _FIRST_JOINING or not character.isalpha() for character in text)


def _at_least(sheet: Sheet, size_px: float) -> int:
    return max(round(size_px), sheet.page.least)


def _text(
    sheet: Sheet,
    text: str,
    letters: Letters,
    colour: Colour,
    width: float,
    fit: Fit,
    key: str | None,
    opacity: float,
    line_height: float,
) -> Text:
    size = max(letters.size_px, fit.min_px)
    tracking = letters.tracking_em or (-0.005 if letters.is_heading else 0.0)
    style = Style(
        font_family=sheet.brand.heading if letters.is_heading else sheet.brand.body,
        font_size=size,
        font_weight=letters.weight or (600 if letters.is_heading else 400),
        # Prices: figures as tall as capitals, also in a serif that has old-style ones.
        font_feature_settings='"lnum" 1',
        letter_spacing=round(size * tracking, 2) if tracking and may_be_spaced(text) else None,
        line_height=line_height,
        color=colour.css(opacity) if opacity < 1 else colour.css(),
        width=round(width, 2),
        flex_shrink=0,
    )
    return Text(text=_isolated(sheet, text), style=style, fit=fit, key=key, lang=sheet.wording.lang)


def _isolated(sheet: Sheet, text: str) -> str:
    """Keep a phone number or a Latin name in its own order on a page that reads from right to left."""
    if not sheet.wording.is_right_to_left or any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text):
        return text
    return f"{_ISOLATES[0]}{text}{_ISOLATES[1]}"
