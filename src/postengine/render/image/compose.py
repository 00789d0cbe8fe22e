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


def stacked(*layers: RgbaPixels) -> RgbaPixels:
    """Return one layer that looks like `layers` on top of each other, the first at the bottom."""
    colour = np.zeros((*layers[0].shape[:2], 3), np.float32)
    alpha = np.zeros((*layers[0].shape[:2], 1), np.float32)
    for layer in layers:
        own = layer[..., 3:].astype(np.float32) / 255.0
        colour = layer[..., :3] * own + colour * (1.0 - own)
        alpha = own + alpha * (1.0 - own)
    straight = np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 0)
    return np.concatenate([np.rint(straight), np.rint(alpha * 255.0)], axis=2).astype(np.uint8)
