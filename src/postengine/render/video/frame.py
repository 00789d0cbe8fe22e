"""One frame as the encoder wants it: Y, U and V planes, BT.709, limited range, colour at half resolution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from postengine.render.image.geometry import Size
from postengine.render.image.photo import RgbPixels

Plane = NDArray[np.uint8]

# The reverse of BT.709 with Y in 16..235 and colour in 16..240: ITU-R BT.709-6, items 3.2 and 3.4.
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_LUMA, _CHROMA = 255 / 219, 255 / 224


@dataclass(frozen=True)
class Frame:
    """One picture in planes; `u` and `v` have half the width and height of `y`. Both sides are even."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def planes(self) -> tuple[Plane, Plane, Plane]:
        """The planes in the order in which they are written."""
        return self.y, self.u, self.v

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return Size(self.y.shape[1], self.y.shape[0])


def to_rgb(frame: Frame) -> RgbPixels:
    """Return a frame as pixels of sRGB, to be looked at: shape (height, width, 3)."""
    luma = (frame.y.astype(np.float32) - 16.0) * _LUMA
    blue, red = (
        ((plane.astype(np.float32) - 128.0) * _CHROMA).repeat(2, axis=0).repeat(2, axis=1)
        for plane in (frame.u, frame.v)
    )
    blue *= 2 * (1 - _BLUE)
    red *= 2 * (1 - _RED)
    green = -(red * _RED + blue * _BLUE) / _GREEN
    pixels = np.stack([luma + red, luma + green, luma + blue], axis=-1)
    return np.asarray(np.rint(pixels).clip(0, 255), dtype=np.uint8)
