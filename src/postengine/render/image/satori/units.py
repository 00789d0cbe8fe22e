"""Lengths of CSS in pixels, as far as they are known before layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

ROOT_FONT_PX = 16.0

_UNIT = r"(px|rem|em|ex|ch|vw|vh|vmin|vmax|pt|pc|in|cm|mm|q)"
_LENGTH = re.compile(rf"^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?){_UNIT}?\s*$", re.IGNORECASE)
_WITHIN = re.compile(
    rf"(?<![\w#.%-])([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?){_UNIT}(?![\w%(-])", re.IGNORECASE
)
_OPAQUE = re.compile(r"""url\([^)]*\)|"[^"]*"|'[^']*'""")

_BOUND = 1e6

_ABSOLUTE = {
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 9.6 / 2.54,
    "q": 2.4 / 2.54,
}


@dataclass(frozen=True)
class Scale:
    """What relative lengths refer to.

    Attributes:
        font_px: The element's font size.
        width: Of the picture, if it is fixed.
        height: Of the picture, if it is fixed.
    """

    font_px: float
    width: float | None
    height: float | None

    def px(self, number: float, unit: str) -> float | None:
        """Return a length in pixels; None if it is relative to a side of the picture that is not fixed."""
        unit = unit.lower()
        if not is_sane(number):
            return None
        if unit in _ABSOLUTE:
            return number * _ABSOLUTE[unit]
        if unit in {"em", "ex", "ch"}:
            return number * self.font_px * (1 if unit == "em" else 0.5)
        if unit == "rem":
            return number * ROOT_FONT_PX
        side = self._side(unit)
        return None if side is None else float(int(number * side / 100))  # Satori drops the fraction

    def _side(self, unit: str) -> float | None:
        if unit in {"vw", "vh"}:
            return self.width if unit == "vw" else self.height
        if self.width is None or self.height is None:
            return None
        return min(self.width, self.height) if unit == "vmin" else max(self.width, self.height)


def is_sane(number: float) -> bool:
    """Return whether a number is one that a picture may hold: neither NaN nor beyond all bounds."""
    return -_BOUND < number < _BOUND


def length(value: object, scale: Scale) -> float | None:
    """Return the length that `value` is, in pixels; None if it is anything else (a percentage, a keyword)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if is_sane(value) else None
    if isinstance(value, str) and (found := _LENGTH.match(value)):
        return scale.px(float(found[1]), found[2] or "px")
    return None


def in_px(value: str, scale: Scale) -> str:
    """Return `value` with the lengths inside it in pixels; names in url() and quotes are left alone.

    >>> in_px("inset 0 1em 2px rgba(0,0,0,.5)", Scale(20, None, None))
    'inset 0 20px 2px rgba(0,0,0,.5)'
    """

    def replaced(found: re.Match[str]) -> str:
        px = scale.px(float(found[1]), found[2])
        return found[0] if px is None else f"{plain(px)}px"

    parts: list[str] = []
    end = 0
    for opaque in _OPAQUE.finditer(value):
        parts += [_WITHIN.sub(replaced, value[end : opaque.start()]), opaque[0]]
        end = opaque.end()
    return "".join([*parts, _WITHIN.sub(replaced, value[end:])])


def plain(number: float) -> str:
    """Return a number as short as CSS writes it, never with an exponent.

    >>> plain(2.50), plain(1e-7)
    ('2.5', '0')
    """
    return f"{number:.4f}".rstrip("0").rstrip(".") or "0"
