"""Colours, and how well one reads upon another (WCAG 2.2 contrast)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Colour(NamedTuple):
    """An sRGB colour, 0 to 255 a channel."""

    red: int
    green: int
    blue: int

    @classmethod
    def from_hex(cls, text: str) -> Colour:
        """Read `#rrggbb`.

        Raises:
            ValueError: Another form.

        >>> Colour.from_hex("#0a1f44")
        Colour(red=10, green=31, blue=68)
        """
        if not _HEX.fullmatch(text):
            raise ValueError(f"Expected a colour such as #0a1f44, got {text!r}.")
        return cls(int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))

    @property
    def hex(self) -> str:
        """The colour as `#rrggbb`."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def css(self, opacity: float = 1.0) -> str:
        """Return the colour as CSS writes it."""
        return f"rgba({self.red}, {self.green}, {self.blue}, {opacity:g})"

    def mixed(self, other: Colour, share: float) -> Colour:
        """Return this colour with `share` (0 to 1) of `other` mixed in."""
        return Colour(*(round(a + (b - a) * share) for a, b in zip(self, other, strict=True)))


WHITE = Colour(255, 255, 255)
INK = Colour(17, 20, 24)
BLACK = Colour(0, 0, 0)


def luminance(pixels: NDArray[np.floating] | NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the relative luminance, 0 to 1, of sRGB values 0 to 255 in the last axis.

    Source: WCAG 2.2, definition of relative luminance.
    """
    if pixels.dtype == np.uint8:
        linear: NDArray[np.float64] = _LINEAR[pixels.astype(np.intp)]
    else:
        linear = _linear(np.asarray(pixels, dtype=np.float64))
    weighted: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return weighted


def _linear(channels: NDArray[np.float64]) -> NDArray[np.float64]:
    shares = channels / 255.0
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


_LINEAR = _linear(np.arange(256, dtype=np.float64))
"""Whole values are looked up: a power for each pixel takes twenty times as long."""


@lru_cache(maxsize=4096)
def contrast(a: Colour, b: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    >>> round(contrast(WHITE, BLACK), 1)
    21.0
    """
    one, two = sorted((float(luminance(np.array(a))), float(luminance(np.array(b)))))
    return (two + 0.05) / (one + 0.05)


def readable_on(ground: Colour, preferred: Colour = WHITE) -> Colour:
    """Return `preferred` if it reads well on `ground` (4.5 to 1), else ink, white or black."""
    if contrast(preferred, ground) >= 4.5:
        return preferred
    return max((INK, WHITE, BLACK), key=lambda colour: min(contrast(colour, ground), 4.5))


@lru_cache(maxsize=256)
def deepened(colour: Colour, limit: float = 0.02) -> Colour:
    """Return `colour` mixed with black until its luminance is at most `limit`: a tinted shadow."""
    share = 0.0
    while float(luminance(np.array(colour.mixed(BLACK, share)))) > limit:
        share += 0.02
    return colour.mixed(BLACK, share)
