"""Colours as the photo's own profile means them, turned into sRGB."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any, cast

from PIL import Image, ImageChops, ImageCms

_MOST_PROFILE_BYTES = 4 * 1024 * 1024
_DATE = slice(24, 36)
_FIXED_DATE = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2000-01-01
_SRGB_NAMES = ("srgb", "c2")  # c2: Facebook's compact sRGB
_CMYK_INVERTED = "adobe"


@lru_cache(maxsize=1)
def srgb_profile_bytes() -> bytes:
    """Return an sRGB profile of about half a kilobyte, the same bytes on each call and day."""
    made = bytearray(_made("sRGB").tobytes())
    made[_DATE] = _FIXED_DATE
    return bytes(made)


def is_usable_profile(profile: bytes) -> bool:
    """Return whether the colour engine accepts a profile of reasonable size."""
    return 0 < len(profile) <= _MOST_PROFILE_BYTES and _description(profile) is not None


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as sRGB in mode RGB, or RGBA if it has transparency.

    A profile that is broken or made for another mode is common and says nothing about the pixels: they are
    read as sRGB then. A profile that calls itself sRGB is believed.

    Args:
        image: L, RGB, RGBA, CMYK or LAB.
        profile: As it stood in the file.
    """
    if image.mode == "RGBA":
        opaque = to_srgb(image.convert("RGB"), profile)
        opaque.putalpha(image.getchannel("A"))
        return opaque
    if not profile and image.mode == "LAB":
        profile = _made("LAB").tobytes()
    transform = _transform(profile, image.mode) if profile else None
    if transform is None:
        return image if image.mode == "RGB" else image.convert("RGB")
    return cast("Image.Image", ImageCms.applyTransform(image, transform))  # None only if done in place


def cmyk_as_meant(image: Image.Image, info: dict[str | tuple[int, int], Any]) -> Image.Image:
    """Undo Pillow's inversion of a CMYK JPEG that Adobe's marker does not call inverted."""
    is_plain = image.mode == "CMYK" and _CMYK_INVERTED not in info
    return ImageChops.invert(image) if is_plain else image


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    if len(profile) > _MOST_PROFILE_BYTES:
        return None
    description = _description(profile)
    if description is None or (mode == "RGB" and description.lower().startswith(_SRGB_NAMES)):
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(source, _made("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _description(profile: bytes) -> str | None:
    """Return a profile's name, or None if the colour engine cannot read it."""
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip()
    except (ImageCms.PyCMSError, OSError):
        return None


def _made(space: str) -> ImageCms.ImageCmsProfile:
    untyped = cast("Any", ImageCms)  # Pillow leaves this one answer without a type
    return ImageCms.ImageCmsProfile(untyped.createProfile(space))
