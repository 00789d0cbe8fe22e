"""Reading CSS colours, as far as the converter itself must know them."""

from __future__ import annotations

import re
from typing import NamedTuple

from PIL import ImageColor

_RGB = re.compile(
    r"rgba?\(\s*([\d.]+)\s*[\s,]\s*([\d.]+)\s*[\s,]\s*([\d.]+)\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)", re.IGNORECASE
)
_HSL = re.compile(
    r"hsla?\(\s*([\d.]+)(?:deg)?\s*[\s,]\s*([\d.]+)%\s*[\s,]\s*([\d.]+)%\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)",
    re.IGNORECASE,
)


class Rgba(NamedTuple):
    """A colour: channels 0 to 255, alpha 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float

    def css(self) -> str:
        """Return the colour as CSS writes it."""
        return f"rgba({round(self.red)}, {round(self.green)}, {round(self.blue)}, {round(self.alpha, 4):g})"

    def faded(self, opacity: float) -> Rgba:
        """Return the colour with its alpha multiplied."""
        return self._replace(alpha=self.alpha * opacity)

    def towards(self, other: Rgba, share: float) -> Rgba:
        """Return what lies between two colours, each channel for itself (not premultiplied)."""
        return Rgba(*(a + (b - a) * share for a, b in zip(self, other, strict=True)))


def rgba(colour: str) -> Rgba | None:
    """Return a colour; None if it is not one of a name, hexadecimal, rgb() or hsl().

    >>> rgba("#f008")
    Rgba(red=255, green=0, blue=0, alpha=0.5333333333333333)
    """
    colour = colour.strip().lower()
    if colour == "transparent":
        return Rgba(0, 0, 0, 0)
    if found := _RGB.fullmatch(colour):
        return Rgba(float(found[1]), float(found[2]), float(found[3]), _alpha(found[4], found[5]))
    alpha = 1.0
    if found := _HSL.fullmatch(colour):
        alpha = _alpha(found[4], found[5])
        colour = f"hsl({found[1]},{found[2]}%,{found[3]}%)"
    try:
        red, green, blue, *more = ImageColor.getrgb(colour)
    except ValueError:
        return None
    return Rgba(red, green, blue, more[0] / 255 if more else alpha)


def _alpha(written: str | None, percent: str) -> float:
    return 1.0 if written is None else min(1.0, float(written) / (100 if percent else 1))
