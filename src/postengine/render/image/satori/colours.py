"""Colours that are faded and mixed, which Satori does in its own way."""

from __future__ import annotations

from typing import NamedTuple

from postengine.render.image.tree import parse_colour


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
    """Return a colour; None if it cannot be told in sRGB, or is none.

    >>> rgba("#f008")
    Rgba(red=255, green=0, blue=0, alpha=0.5333)
    """
    found = parse_colour(colour)
    return None if found is None else Rgba(*found)
