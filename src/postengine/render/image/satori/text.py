"""Texts: what they say once white space is dealt with, and their style, which is all their own.

In Satori every text is a flex item of its own; it takes its style from the elements around it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from .cascade import Computed
from .elements import LINE_BREAK
from .metrics import FontMetrics

_MIDDLE = frozenset({"center", "space-around", "space-evenly", "space-between"})
_DOWN = 0.49
_CLAMP = re.compile(r"""^(\d+)\s*(["'])(.*)\2$""")
_AROUND_BREAK = re.compile(f" ?{LINE_BREAK} ?")
_SPACES = re.compile(r"[ \t]+")


def said(text: str, white_space: object) -> str:
    r"""Return a text after CSS's first phase of white space processing.

    >>> said("  two\n words ", "normal")
    'two words'
    """
    if white_space not in {"pre", "pre-wrap", "pre-line"}:
        text = text.replace("\n", " ")
    if white_space not in {"pre", "pre-wrap"}:
        text = _SPACES.sub(" ", text)
        text = text.removeprefix(" ").removesuffix(" ")
    return _AROUND_BREAK.sub("\n", text)


def text_style(text: str, style: Computed, metrics: FontMetrics) -> dict[str, object]:
    """Return the style of a text within an element of this style."""
    texts, own = style.inner.texts, style.own
    found = dict(texts)
    found["fontSize"] = style.inner.font_px
    found["fontFamily"] = metrics.families(texts.get("fontFamily"))
    found |= metrics.chosen(texts.get("fontFamily"), texts.get("fontWeight", 400), texts.get("fontStyle"))
    found["flexShrink"] = 1
    if "\n" in text:  # what is left of them after white space was dealt with is meant
        found["whiteSpace"] = {"normal": "pre-line", "nowrap": "pre"}.get(
            str(texts.get("whiteSpace", "normal")), texts.get("whiteSpace")
        )
    found["minWidth"] = 0
    if style.inner.opacity < 1:
        found["opacity"] = style.inner.opacity
    found |= _line(text, style, metrics)
    if _MIDDLE & {style.own.get("justifyContent"), style.own.get("alignItems")}:
        # Satori's layout engine rounds the place of a text down, that of a box to the nearest pixel.
        top = found.get("top", 0)
        found |= {"position": "relative", "left": -_DOWN, "top": (top if isinstance(top, int) else 0) - _DOWN}
    spacing = texts.get("letterSpacing")
    if isinstance(spacing, float) and spacing:
        # Satori spaces the letters of a word only; nothing follows its last one.
        found["wordSpacing"] = _number(texts.get("wordSpacing")) - spacing
        found["marginRight"] = -spacing
    return _shortened(found, own, texts)


def _line(text: str, style: Computed, metrics: FontMetrics) -> dict[str, object]:
    """Return line height and place: Satori's lines and baselines are on whole pixels."""
    texts, font_px = style.inner.texts, style.inner.font_px
    height = texts.get("lineHeight")
    times = float(height) if isinstance(height, (int, float)) else None
    line = metrics.line(text, texts.get("fontFamily"))
    if line is None:
        return {} if times is None else {"lineHeight": f"{math.floor(times * font_px + 0.5)}px"}
    px, lower = line.placed(font_px, times)
    found: dict[str, object] = {"lineHeight": f"{px}px"}
    if lower:
        found |= {"position": "relative", "top": lower}
    decoration = texts.get("textDecorationLine")
    if isinstance(decoration, str) and decoration in {"underline", "line-through", "overline"}:
        found |= line.decorated(font_px, times, decoration)
        if decoration != "underline":
            found["textDecorationSkipInk"] = "none"
    return found


def _shortened(
    found: dict[str, object], own: Mapping[str, object], texts: Mapping[str, object]
) -> dict[str, object]:
    clamped = own.get("lineClamp")
    if clamped is not None and own.get("display") in {"block", "-webkit-box"}:
        found |= {"lineClamp": clamp(clamped)[0], "textOverflow": "ellipsis"}
    elif (
        own.get("textOverflow") == "ellipsis"
        and own.get("overflow") == "hidden"
        and texts.get("whiteSpace") in {"nowrap", "pre"}
    ):
        found |= {"textOverflow": "ellipsis", "overflow": "hidden", "maxWidth": "100%"}
    return found


def clamp(value: object) -> tuple[object, str]:
    """Return lines and ellipsis of `lineClamp`: a number, or one with a text such as `2 "… (more)"`."""
    found = _CLAMP.match(value) if isinstance(value, str) else None
    if found:
        return int(found[1]), found[3]
    return int(value) if isinstance(value, float) and value.is_integer() else value, "…"


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
