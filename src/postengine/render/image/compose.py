"""Laying a drawn layer over a photo."""

from __future__ import annotations

import numpy as np

from .engine import RgbaPixels
from .photo import RgbPixels


def laid_over(photo: RgbPixels, layer: RgbaPixels) -> RgbPixels:
    """Return `photo` with `layer` (same height and width) on top, rounded to 8 bits."""
    alpha = layer[..., 3:].astype(np.uint16)
    mixed = photo.astype(np.uint16) * (255 - alpha) + layer[..., :3].astype(np.uint16) * alpha + 127
    return (mixed // 255).astype(np.uint8)
