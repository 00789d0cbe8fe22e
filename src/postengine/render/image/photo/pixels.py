"""Photos as arrays of pixels: from a file to what a drawing is laid over, and from there to JPEG."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from postengine.render.image.geometry import CENTRE, Focus, Size

from .fitting import fitted
from .limits import MAX_PHOTO_PIXELS, PhotoLimits
from .opening import open_photo

RgbPixels = NDArray[np.uint8]
"""Shape (height, width, 3), 8 bits a channel, sRGB."""


def load_photo(
    path: Path, size: Size, focus: Focus = CENTRE, *, max_pixels: int = MAX_PHOTO_PIXELS
) -> RgbPixels:
    """Read a photo, turn it upright, crop it to the shape of `size` around `focus`, and scale it to `size`.

    Colours are converted to sRGB by the photo's own profile; transparency is laid on white. A photo
    smaller than `size` is enlarged.

    Args:
        path: JPEG (also with several pictures inside), PNG, WebP, AVIF, TIFF or BMP.
        size: Of the answer.
        focus: Point of the upright photo that stays in view.
        max_pixels: Larger photos are refused before anything is decoded; see `PhotoLimits` for more.

    Returns:
        Pixels of exactly `size`.

    Raises:
        PhotoUnreadable: Missing, empty, broken, cut short, of another format, too large or too small.
    """
    photo = open_photo(path, PhotoLimits(max_pixels=max_pixels))
    return np.array(fitted(photo, size, focus=focus))


def encode_jpeg(pixels: RgbPixels, *, quality: int = 90, full_chroma: bool = True) -> bytes:
    """Write pixels as a JPEG without any metadata; without a profile, sRGB is meant.

    Args:
        pixels: What to write.
        quality: From 1 to 95.
        full_chroma: Keep colour at full resolution; coloured text needs it, a plain photo does not.
    """
    target = io.BytesIO()
    subsampling = 0 if full_chroma else 2
    Image.fromarray(pixels).save(target, "JPEG", quality=quality, subsampling=subsampling)
    return target.getvalue()
