"""A photo's pixels, decoded once and no larger than the sizes that will be cut from them need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Literal, cast

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from postengine.render.errors import PhotoUnreadable
from postengine.render.image.geometry import Size

from .opening import Photo, opened
from .orientation import upright_size
from .png_strips import png_layout, reduced_png
from .profile import cmyk_as_meant

Fit = Literal["cover", "contain", "blur-fill"]
"""How a photo meets another shape: cropped, with borders, or with borders of its own blurred picture."""

_STRIPS_FROM_PIXELS = 16_000_000
# Measured at the peak, decoder's own buffers and one working copy included.
_BYTES_PER_PIXEL = {"JPEG": 8, "PNG": 10, "WEBP": 17, "AVIF": 11, "TIFF": 10, "BMP": 8}


@dataclass(frozen=True)
class Decoded:
    """Pixels in memory, as they lay in the file: not yet upright, not yet sRGB. May be shared by threads.

    Attributes:
        image: L, RGB, RGBA, CMYK or LAB.
        orientation: As in EXIF.
        profile: The colour profile as it stood in the file.
        was_drafted: The decoder scaled it (JPEG), and may be followed in halving it.
    """

    image: Image.Image
    orientation: int
    profile: bytes | None
    was_drafted: bool = False
    _halves: dict[int, Image.Image] = field(default_factory=dict[int, Image.Image], repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def upright(self) -> Size:
        """Size in pixels once it is turned upright."""
        return upright_size(Size(*self.image.size), self.orientation)

    @property
    def size_bytes(self) -> int:
        """Memory that it takes, halved copies included."""
        bands = 1 if self.image.mode == "L" else 4
        return self.image.width * self.image.height * bands * 4 // 3

    def at_least(self, scale: float) -> Image.Image:
        """Return the smallest picture that need not be enlarged to reach `scale` of `image`.

        Only what the decoder would have scaled for one size alone is halved here, so that a size looks the
        same whether it was asked for with others or not.
        """
        factor = _draft_factor(self.image.size, _scaled(self.image.size, scale)) if self.was_drafted else 1
        if factor == 1:
            return self.image
        with self._lock:
            if factor not in self._halves:
                self._halves[factor] = self.image.reduce(factor)
            return self._halves[factor]


def decode(photo: Photo, sizes: Sequence[Size], fit: Fit = "cover") -> Decoded:
    """Read the pixels of a photo, as few as `sizes` need.

    A JPEG is decoded at 1/2, 1/4 or 1/8 where that is still large enough: most of the time a photo takes.
    A PNG of more than 16 million pixels is decoded in strips that are made smaller one by one.

    Args:
        photo: From `open_photo`.
        sizes: All that will be cut from it, at least one.
        fit: How; `contain` and `blur-fill` need fewer pixels.

    Raises:
        PhotoUnreadable: Broken, cut short, or decoding it would take too much memory.
    """
    scale = max(scale_for(photo.upright, size, fit) for size in sizes)
    with opened(photo.source) as image:
        profile = cast("bytes | None", image.info.get("icc_profile"))
        if photo.format == "PNG" and photo.stored.width * photo.stored.height > _STRIPS_FROM_PIXELS:
            strips = _strips(photo, image, _scaled(photo.stored, scale))
            if strips is not None:
                return Decoded(strips, photo.orientation, profile)
        wanted = _scaled(photo.stored, scale)
        _refuse_memory(photo, image, wanted)
        image.draft(None, wanted)
        image.load()
        plain = averageable(cmyk_as_meant(image, image.info) if photo.format == "JPEG" else image)
        return Decoded(plain, photo.orientation, profile, was_drafted=photo.format == "JPEG")


def scale_for(upright: Size, size: Size, fit: Fit) -> float:
    """Return how much of `upright` a photo is scaled to meet `size`; above 1 it is enlarged."""
    across, down = size.width / upright.width, size.height / upright.height
    return max(across, down) if fit == "cover" else min(across, down)


def averageable(image: Image.Image) -> Image.Image:
    """Return the picture in a mode whose values can be averaged."""
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"RGB", "CMYK", "L", "LAB"}:
        return image
    return image.convert("RGB")


def _strips(photo: Photo, image: ImageFile, wanted: tuple[int, int]) -> Image.Image | None:
    file = image.fp
    if file is None or not png_layout(file).has_strips:
        return None
    ratio = min(photo.stored.width // wanted[0], photo.stored.height // wanted[1])
    # Twice as large as wanted, as `reducing_gap` keeps it; only as large as wanted where memory is short.
    for factor in (ratio // 2, ratio):
        pixels = photo.stored.width * photo.stored.height / max(factor, 1) ** 2
        if pixels * _BYTES_PER_PIXEL["PNG"] <= photo.limits.max_decode_bytes:
            return reduced_png(file, max(factor, 1))
    return None


def _refuse_memory(photo: Photo, image: ImageFile, wanted: tuple[int, int]) -> None:
    width, height = photo.stored
    factor, needed = 1, 0.0
    if isinstance(image, JpegImageFile):
        factor = _draft_factor(image.size, wanted)
        needed = _coefficients_bytes(image)
    needed += width * height / factor**2 * _BYTES_PER_PIXEL[photo.format]
    if needed > photo.limits.max_decode_bytes:
        kind = "progressive JPEG" if image.info.get("progressive") else photo.format
        reason = (
            f"it has too many pixels ({width}x{height} as {kind} take {needed / 2**20:.0f} MiB to decode, "
            f"{photo.limits.max_decode_bytes / 2**20:.0f} are allowed); a baseline JPEG or fewer pixels do"
        )
        raise PhotoUnreadable(photo.source if isinstance(photo.source, Path) else None, reason)


def _coefficients_bytes(image: JpegImageFile) -> float:
    """Return what a progressive JPEG's coefficients take, which all stay in memory until the last scan."""
    if not image.info.get("progressive"):
        return 0
    shares = [across * down for _, across, down, _ in image.layer]
    return image.width * image.height * 2 * sum(shares) / max(shares)


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return math.ceil(size[0] * scale), math.ceil(size[1] * scale)


def _draft_factor(size: tuple[int, int], wanted: tuple[int, int]) -> int:
    """Return by how much a JPEG decoder may scale, and still give what is wanted."""
    ratio = min(size[0] // wanted[0], size[1] // wanted[1])
    return next(factor for factor in (8, 4, 2, 1) if ratio >= factor or factor == 1)
