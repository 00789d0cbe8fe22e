"""Captions as drawings: letters on a plate of their own, within the safe zone."""

from __future__ import annotations

import math
import unicodedata
from functools import partial
from typing import Literal

from postengine.render.image.colour import Colour
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Box, Fit, Style, Text
from postengine.render.video.spec import Caption, Subtitles

_SIZE = 0.046
"""Of the letters, as a share of the video's shorter side."""

_LEAST = 0.7
_LEADING = 1.3
_TALLEST = 1.4
"""Lines of a font that steps in for the first one may be that high."""

_ABOVE_EM, _BESIDE_EM = 0.36, 0.7
_ROUND_EM = 0.34
_LONGEST_LINE_EM = 22.0
"""A line of more than about forty letters is read slowly, however wide the picture is."""

_RAGGED = 1.2
"""How much wider than their share of the letters lines must be for words to fill them."""

_WORD = 1.1
"""How much wider than its estimate a single word may turn out."""

_ALONG: dict[str, Literal["flex-start", "center", "flex-end"]] = {
    "top": "flex-start",
    "middle": "center",
    "bottom": "flex-end",
}
# Widths of a bold sans serif's letters, in ems, where they differ much from the usual.
_WIDTHS_EM = (
    dict.fromkeys(" .,:;!|'ijlI\u2019", 0.28)
    | dict.fromkeys('ftr()[]-/"', 0.4)
    | dict.fromkeys("mwMW%@\u2014\u2026", 0.89)
)


def caption_tree(subtitles: Subtitles, caption: Caption, size: Size, safe: Region) -> Box:
    """Return a caption as a layer: a plate with rounded corners around centred lines of similar length.

    The letters shrink to `least_px`; a caption that needs smaller ones is refused when it is measured
    (`TextDoesNotFit`), it is never cut.

    Args:
        subtitles: How captions look.
        caption: What it says.
        size: Of the video.
        safe: Where texts may stand.

    Returns:
        A tree on a canvas of the video's size; its plate has the key `caption_plate`.
    """
    plate = _plate(subtitles, caption, size, safe)
    inside = Box(
        children=(plate,),
        style=Style(
            position="absolute",
            left=safe.x,
            top=safe.y,
            width=safe.width,
            height=safe.height,
            flex_direction="column",
            align_items="center",
            justify_content=_ALONG[subtitles.place],
        ),
    )
    return Box(children=(inside,), style=Style(position="relative", width=size.width, height=size.height))


def caption_place(subtitles: Subtitles, size: Size, safe: Region) -> Region:
    """Return the part of the safe zone that captions may take, whichever they are."""
    letters = letters_px(subtitles, size)
    height = subtitles.most_lines * _TALLEST * letters + 2 * _px(_ABOVE_EM, letters)
    above = {"top": 0.0, "middle": (safe.height - height) / 2, "bottom": safe.height - height}
    return Region(safe.x, safe.y + above[subtitles.place], safe.width, height)


def letters_px(subtitles: Subtitles, size: Size) -> float:
    """Return the largest size of a caption's letters."""
    return subtitles.size_px or max(round(min(size) * _SIZE), 8)


def _plate(subtitles: Subtitles, caption: Caption, size: Size, safe: Region) -> Box:
    letters = letters_px(subtitles, size)
    px = partial(_px, letters=letters)
    text = _words(subtitles, caption, letters, safe.width - 2 * px(_BESIDE_EM))
    ground = Colour.from_hex(subtitles.plate).css(subtitles.plate_opacity)
    style = Style(
        padding=f"{px(_ABOVE_EM)}px {px(_BESIDE_EM)}px",
        border_radius=px(_ROUND_EM),
        background_color=ground if subtitles.plate_opacity else None,
        flex_shrink=0,
    )
    return Box(children=(text,), style=style, key="caption_plate")


def _words(subtitles: Subtitles, caption: Caption, letters: float, most_px: float) -> Text:
    least = min(subtitles.least_px or max(letters * _LEAST, 8), letters)
    lines, width = _measure(caption.text, letters, min(most_px, _LONGEST_LINE_EM * letters), most_px)
    style = Style(
        font_family=subtitles.font_family,
        font_weight=subtitles.font_weight,
        font_size=letters,
        line_height=_LEADING,
        color=subtitles.colour,
        width=round(width, 2),
        # A single line hugs its letters, and so does its plate; several stand in the middle of theirs.
        text_align="center" if lines > 1 else None,
        direction="rtl" if _is_right_to_left(caption.text) else "ltr",
        flex_shrink=0,
    )
    fit = Fit(min_px=least, max_lines=subtitles.most_lines, may_shorten=False)
    return Text(text=caption.text, style=style, fit=fit, lang=subtitles.lang, key="caption")


def _measure(text: str, letters: float, wanted_px: float, most_px: float) -> tuple[int, float]:
    """Return about how many lines a caption takes, and how wide to make them."""
    whole = _em_width(text) * letters
    if whole <= wanted_px:
        return 1, most_px
    lines = math.ceil(whole * _RAGGED / most_px) if whole > 2 * wanted_px else 2
    longest = max((_em_width(word) for word in text.split() if not _breaks_anywhere(word)), default=0.0)
    return lines, min(max(whole / lines * _RAGGED, longest * letters * _WORD), most_px)


def _breaks_anywhere(word: str) -> bool:
    """Whether a word is of a script that puts no spaces between words."""
    return any(
        unicodedata.east_asian_width(letter) in "WF" or "\u0e00" <= letter <= "\u0eff" for letter in word
    )


def _em_width(text: str) -> float:
    """Return about how wide a text is, in ems of a bold sans serif; rather too much than too little."""
    return sum(_letter_em(letter) for letter in text)


def _letter_em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if "\u0590" <= letter <= "\u08ff":
        return 0.5
    return _WIDTHS_EM.get(letter, 0.7 if letter.isupper() else 0.59)


def _is_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


def _px(ems: float, letters: float) -> int:
    return max(round(ems * letters), 1)
