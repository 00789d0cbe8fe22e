"""Paragraphs word by word: in a text of several lines Satori puts every word on a whole pixel.

That can be told from a text's width alone: it has several lines if it is wider than the room it has at most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from .breaking import broken
from .clamping import Measures, shortened

_ONE_PIECE = re.compile(
    r"""^["'(\[\u2018\u201c#@$]*"""
    r"""[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff'\u2019&+_%]+"""
    r"""[.,;:!?"')\]\u2019\u201d%-]*$"""
)
"""Words of Latin, Greek and Cyrillic letters that can be broken only at the spaces around them (UAX #14)."""

_HYPHEN = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")
"""After a hyphen between letters a word can be broken."""

_OTHERWISE = frozenset({"textWrap", "fontFeatureSettings", "fontVariationSettings"})
"""Declarations under which a text is left in one piece."""


class Word(NamedTuple):
    """A word of a paragraph.

    Attributes:
        text: What it says.
        width_px: How wide it is.
        line: Where it stands, from 1.
        is_joined: It goes on where the one before it in its line ends.
    """

    text: str
    width_px: float
    line: int
    is_joined: bool = False


def paragraph(
    text: str,
    style: Mapping[str, object],
    room_px: float | None,
    width_of: Callable[[str], float],
    space_px: float,
) -> list[Word] | None:
    """Return the words of a text of several lines; None if it may have one only, or others than plain words.

    Args:
        text: White space collapsed.
        style: Of the text.
        room_px: The most that a line can be wide; None if that is not known.
        width_of: Measures a word.
        space_px: How wide a space is.
    """
    words = text.split(" ")
    if room_px is None or len(words) < 2 or _OTHERWISE & style.keys() or not _is_plain(style):
        return None
    if sum(map(width_of, words)) + space_px * (len(words) - 1) <= room_px:
        return None
    breaking = style.get("wordBreak") in {"break-word", "break-all"}
    if breaking and style.get("letterSpacing"):
        return None
    pieces = [(piece, bool(at)) for word in words for at, piece in enumerate(_HYPHEN.split(word))]
    if not all(_ONE_PIECE.match(piece) for piece, _ in pieces):
        return None
    if breaking:
        everywhere = style.get("wordBreak") == "break-all"
        pieces = [
            (piece, False) for piece in broken(words, room_px, width_of, space_px, everywhere=everywhere)
        ]
    return _in_lines(pieces, room_px, width_of, space_px)


def _in_lines(
    pieces: Sequence[tuple[str, bool]], room_px: float, width_of: Callable[[str], float], space_px: float
) -> list[Word]:
    words: list[Word] = []
    end, line = 0.0, 0
    for piece, is_joined in pieces:
        wide = width_of(piece)
        start = end + (0.0 if is_joined else space_px) if words else 0.0
        begins_line = not words or start + wide > room_px
        line += begins_line
        end = wide if begins_line else start + wide
        words.append(Word(piece, wide, line, is_joined and not begins_line))
    return words


def clamped(
    words: Sequence[Word], lines: int, ellipsis: str, measures: Measures, *, centred: bool
) -> list[Word]:
    """Return the words of the first lines, the last of them shortened if there are more."""
    shown = [word for word in words if word.line <= lines]
    if len(shown) == len(words):
        return shown
    last = [word for word in shown if word.line == lines]
    texts = shortened(
        [word.text for word in last], words[len(shown)].text, ellipsis, measures, centred=centred
    )
    # The line is aligned as if it were whole.
    kept = [word._replace(text=text) for word, text in zip(last, texts, strict=False)]
    more = [Word(text, measures.width_of(text), lines) for text in texts[len(last) :]]
    return [*shown[: len(shown) - len(last)], *kept, *more]


def by_words(
    style: Mapping[str, object], width_px: float, space_px: float
) -> tuple[dict[str, object], dict[str, object], dict[str, object]]:
    """Return the styles of the box around a paragraph, of every word, and what those of the first line add.

    Args:
        style: Of the text.
        width_px: Of the lines.
        space_px: How wide a space is.
    """
    outer = {name: it for name, it in style.items() if name in _AROUND}
    outer |= {
        "display": "flex",
        "flexWrap": "wrap",
        "alignContent": "flex-start",
        "alignItems": "flex-start",
        "justifyContent": _ALONG.get(str(style.get("textAlign")), "flex-start"),
        "columnGap": space_px,
        "width": width_px,
    }
    inner = {name: it for name, it in style.items() if name not in _AROUND and name not in _NOT_OF_WORDS}
    indent = style.get("textIndent")
    return (
        outer,
        inner | {"flexShrink": 0, "whiteSpace": "nowrap"},
        {"position": "relative", "left": indent} if indent else {},
    )


_ALONG = {"center": "center", "right": "flex-end", "end": "flex-end", "justify": "space-between"}
_AROUND = frozenset(
    {"position", "top", "maxWidth", "alignSelf", "opacity", "flexShrink", "minWidth", "marginRight"}
)
_NOT_OF_WORDS = frozenset({"left", "lineClamp", "textOverflow", "textAlign", "textIndent", "wordSpacing"})
"""Declarations that the box around heeds in its own way; every word is rounded to the nearest pixel."""


def room_within(style: Mapping[str, object], room_px: float | None) -> float | None:
    """Return the most that the children of a box can be wide, from what the box itself can be."""
    if room_px is None and not isinstance(style.get("width"), float):
        return None
    outer = _side(style.get("width"), room_px)
    if outer is None:
        outer = (room_px or 0) - _sum(style, "marginLeft", "marginRight")
    widest = _side(style.get("maxWidth"), room_px)
    inner = outer if widest is None else min(outer, widest)
    if style.get("boxSizing") != "content-box":
        inner -= _sum(style, "paddingLeft", "paddingRight", "borderLeftWidth", "borderRightWidth")
    return max(inner, 0.0)


def _is_plain(style: Mapping[str, object]) -> bool:
    return (
        isinstance(lines := style.get("lineClamp", 1), int)
        and lines > 0
        and ("lineClamp" in style or "textOverflow" not in style)
        and style.get("whiteSpace", "normal") == "normal"
        and style.get("textDecorationLine", "none") == "none"
        and isinstance(style.get("textIndent", 0.0), (int, float))
    )


def _side(value: object, room: float | None) -> float | None:
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str) and value.endswith("%") and room is not None:
        try:
            return float(value[:-1]) / 100 * room
        except ValueError:
            return None
    return None


def _sum(style: Mapping[str, object], *names: str) -> float:
    return sum(it for name in names if isinstance(it := style.get(name), (int, float)))
