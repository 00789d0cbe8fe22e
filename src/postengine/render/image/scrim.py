"""The scrim: a soft shadow over a photo, just strong enough for the text upon it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .colour import Colour, luminance
from .geometry import Region, Size
from .photo import RgbPixels

READABLE = 4.5
"""The contrast that WCAG 2.2 asks for small text (level AA)."""

_SHARE_OF_PIXELS = 0.995
_MARGIN = 1.08
_DEEPENING = 0.16


@dataclass(frozen=True)
class Scrim:
    """A shadow that grows from `starts_px` to `full_px`, and deepens a little towards `ends_px`.

    Attributes:
        colour: Of the shadow, dark.
        starts_px: Where it begins; beyond it the photo is untouched.
        full_px: Where it has reached `opacity`.
        ends_px: The picture's edge.
        opacity: 0 to 1.
        from_left: It lies on the left (positions are x from the left) and not at the bottom (y from the top).
    """

    colour: Colour
    starts_px: float
    full_px: float
    ends_px: float
    opacity: float
    from_left: bool = False

    def alpha(self, size: Size) -> NDArray[np.float32]:
        """Return the opacity at each pixel, shape (height, width), 0 to 1."""
        length = size.width if self.from_left else size.height
        place = np.arange(length, dtype=np.float32) + 0.5
        grown = np.clip((place - self.starts_px) / (self.full_px - self.starts_px), 0.0, 1.0)
        soft = grown * grown * grown * (grown * (grown * 6.0 - 15.0) + 10.0)
        beyond = np.clip((place - self.full_px) / (self.ends_px - self.full_px), 0.0, 1.0)
        line = soft * self.opacity + beyond * min(1.0 - self.opacity, _DEEPENING)
        if self.from_left:
            return np.broadcast_to(line[None, :], (size.height, size.width)).astype(np.float32)
        return np.broadcast_to(line[:, None], (size.height, size.width)).astype(np.float32)

    def rgba(self, size: Size) -> NDArray[np.uint8]:
        """Return the scrim as a layer, shape (height, width, 4), straight alpha.

        Dithered by a fixed 4x4 pattern, since eight bits of a slow gradient show as bands.
        """
        rows, columns = np.indices((size.height, size.width)) % 4
        threshold = (_BAYER[rows, columns] + 0.5) / 16.0
        layer = np.empty((size.height, size.width, 4), np.uint8)
        layer[..., :3] = self.colour
        layer[..., 3] = np.floor(self.alpha(size) * 255.0 + threshold).clip(0, 255)
        return layer


_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.float32)


def needed_opacity(
    photo: RgbPixels,
    regions: Sequence[Region],
    text: Colour,
    scrim: Colour,
    *,
    at_least: float,
) -> float:
    """Return the least opacity at which `text` reads well on all of `regions` of the scrimmed photo.

    Args:
        photo: What lies beneath, at the size that the regions are measured in.
        regions: Where text will stand.
        text: The text's colour.
        scrim: The shadow's colour; it must itself give `text` enough contrast.
        at_least: The answer is not less.

    Returns:
        0 to 1; at 199 of 200 pixels the contrast is 4.5 to 1 or better.
    """
    samples = np.concatenate([_cut(photo, region) for region in regions]) if regions else np.empty((0, 3))
    low, high = at_least, 1.0
    if not len(samples) or _worst_contrast(samples, low, text, scrim) >= READABLE * _MARGIN:
        return low
    for _ in range(7):
        middle = (low + high) / 2
        if _worst_contrast(samples, middle, text, scrim) >= READABLE * _MARGIN:
            high = middle
        else:
            low = middle
    return high


def _cut(photo: RgbPixels, region: Region) -> NDArray[np.float64]:
    rows = slice(max(int(region.y), 0), int(region.bottom) + 1, 3)
    columns = slice(max(int(region.x), 0), int(region.right) + 1, 3)
    return photo[rows, columns].reshape(-1, 3).astype(np.float64)


def _worst_contrast(samples: NDArray[np.float64], opacity: float, text: Colour, scrim: Colour) -> float:
    beneath = luminance(samples + (np.array(scrim) - samples) * opacity) + 0.05
    own = float(luminance(np.array(text))) + 0.05
    ratios = np.maximum(beneath / own, own / beneath)
    return float(np.quantile(ratios, 1.0 - _SHARE_OF_PIXELS))
