"""Photos, as cameras write them, made into upright sRGB pixels of a wanted size. The home of Pillow."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from postengine.render.errors import PhotoUnreadable

from .geometry import CENTRE, Focus, Size, cover

RgbPixels = NDArray[np.uint8]
"""Shape (height, width, 3), 8 bits a channel, sRGB."""

MAX_PHOTO_PIXELS = 120_000_000
"""Photos with more pixels are refused unless the caller allows them; phones reach 108 million."""

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP")
_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})


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
        max_pixels: Larger photos are refused before anything is decoded. Pillow's own limit of about
            179 million pixels stays in force.

    Returns:
        Pixels of exactly `size`.

    Raises:
        PhotoUnreadable: Missing, empty, broken, cut short, of another format, or too large.
    """
    try:
        with Image.open(path, formats=_FORMATS) as image:
            _refuse_bomb(path, image, max_pixels)
            return _fit(image, size, focus)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoUnreadable(path, "it has too many pixels") from error
    except FileNotFoundError as error:
        raise PhotoUnreadable(path, "there is no such file") from error
    except UnidentifiedImageError as error:
        raise PhotoUnreadable(path, _unknown(path)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise PhotoUnreadable(path, f"it is broken or cut short ({error})") from error


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


def _refuse_bomb(path: Path, image: Image.Image, max_pixels: int) -> None:
    pixels = image.width * image.height
    if pixels > max_pixels:
        raise PhotoUnreadable(path, f"it has {pixels} pixels, more than the {max_pixels} allowed")


def _fit(image: Image.Image, size: Size, focus: Focus) -> RgbPixels:
    upright = image.size
    if image.getexif().get(_ORIENTATION) in _TURNED:
        upright = upright[::-1]
    scale = max(size.width / upright[0], size.height / upright[1])
    # A JPEG is decoded at 1/2, 1/4 or 1/8 where that is still large enough: most of the time a photo takes.
    wanted = math.ceil(image.width * scale), math.ceil(image.height * scale)
    image.draft(None, wanted)
    image.load()
    profile = cast("bytes | None", image.info.get("icc_profile"))
    turned = ImageOps.exif_transpose(image)
    window = cover(Size(*turned.size), size, focus)
    box = (window.x, window.y, window.right, window.bottom)
    plain = _to_resizable(turned)
    cropped = plain.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
    return np.array(_to_srgb(cropped, profile))


def _to_resizable(image: Image.Image) -> Image.Image:
    """Return the picture in a mode whose values can be averaged."""
    if image.mode.startswith("I;16") or image.mode == "I":
        deep = np.asarray(image, dtype=np.int64)
        return Image.fromarray((deep >> 8).clip(0, 255).astype(np.uint8))
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"RGB", "CMYK", "L", "LAB"}:
        return image
    return image.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _srgb_profile(), outputMode="RGB")
            return cast("Image.Image", converted)  # None only where it was asked to work in place
        except (ImageCms.PyCMSError, OSError):
            # A broken profile is common and says nothing about the pixels: read them as sRGB.
            return image.convert("RGB")
    return image.convert("RGB")


def _srgb_profile() -> ImageCms.ImageCmsProfile:
    untyped = cast("Any", ImageCms)  # Pillow leaves this one answer without a type
    return ImageCms.ImageCmsProfile(untyped.createProfile("sRGB"))


def _unknown(path: Path) -> str:
    return "it is empty" if path.stat().st_size == 0 else "it is no picture of a known format"
