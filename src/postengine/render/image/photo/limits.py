"""How large a photo may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MAX_PHOTO_PIXELS = 120_000_000
"""Photos with more pixels are refused unless the caller allows them; phones reach 108 million."""

MAX_DECODE_BYTES = 240 * 1024 * 1024
"""What decoding one photo may take at its peak; a process of this package stays below 350 MiB with it."""

NEVER_MORE_PIXELS = 178_956_970
"""Whatever the caller allows: the number at which Pillow itself speaks of a decompression bomb."""


@dataclass(frozen=True)
class PhotoLimits:
    """What is refused by its header, before anything is decoded.

    Attributes:
        max_pixels: Width by height.
        min_side_px: Of the shorter side; less is a tracking pixel or a line, no photo.
        max_decode_bytes: The memory that decoding may take by our estimate. A baseline JPEG is decoded
            smaller and a large PNG in strips, so these reach `max_pixels`; what has to be decoded whole
            (progressive JPEG, WebP, AVIF, TIFF, interlaced PNG) is held to less.
    """

    max_pixels: int = MAX_PHOTO_PIXELS
    min_side_px: int = 8
    max_decode_bytes: int = MAX_DECODE_BYTES
