"""Writing a picture as PNG, JPEG, WebP or AVIF: held to a size in bytes, with nobody's data inside."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Literal, Self

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, model_validator

from postengine.render.errors import OutputTooLarge
from postengine.render.image.photo import srgb_profile_bytes

from .copyright import copyright_exif
from .fast_png import fast_png

Format = Literal["png", "jpeg", "webp", "avif"]
"""What a picture is written as."""

LOWEST_QUALITY = 40
"""Below this a picture looks bad; it is refused instead."""

MIMES: dict[Format, str] = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
}
"""The media type of each format."""

_HAS_DPI = frozenset({"png", "jpeg"})
_HAS_LOSSLESS = frozenset({"png", "webp"})
_WEBP_METHOD = 4
_AVIF_SPEED = 8


class Output(BaseModel):
    """How a picture is written. The same picture and the same output give the same bytes.

    Attributes:
        format: Of the file.
        quality: 1 to 100, for JPEG up to 95; not for PNG. With `max_bytes` the highest that is tried.
        dpi: Dots per inch, for print; JPEG and PNG carry it, WebP and AVIF have no place for it.
        max_bytes: Of the file; `quality` is lowered as little as it takes, down to 40.
        lossless: Every pixel as drawn: PNG always, WebP if asked.
        effort: 0 to 9, time spent to get fewer bytes. None takes the fast default: PNG 1 (zlib's level; 6 is
            a tenth smaller in a multiple of the time), WebP 4 of 6, AVIF 2 of 10. JPEG optimises its tables
            from 5 on.
        icc: Embed an sRGB profile of half a kilobyte; without one sRGB is meant, and nearly all read it so.
        full_chroma: Colour at full resolution, which coloured text needs; a plain photo does not and is a
            quarter smaller without. WebP has half resolution always and is converted with more care instead.
        copyright: One line that is written as EXIF's Copyright tag, the only metadata there is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Format = "jpeg"
    quality: int = Field(default=90, ge=1, le=100)
    dpi: int | None = Field(default=None, ge=1, le=9600)
    max_bytes: int | None = Field(default=None, ge=1)
    lossless: bool = False
    effort: int | None = Field(default=None, ge=0, le=9)
    icc: bool = False
    full_chroma: bool = True
    copyright: str | None = Field(default=None, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")

    @model_validator(mode="after")
    def _refuse_what_the_format_lacks(self) -> Self:
        if self.dpi is not None and self.format not in _HAS_DPI:
            raise ValueError(f"dpi: {self.format} has no place for it; leave it out, or take jpeg or png")
        if self.lossless and self.format not in _HAS_LOSSLESS:
            raise ValueError(f"lossless: {self.format} always loses something; take png or webp")
        return self

    @property
    def mime(self) -> str:
        """Such as `image/jpeg`."""
        return MIMES[self.format]


def encode(image: Image.Image, output: Output) -> bytes:
    """Write a picture; nothing that came with the pixels (EXIF, comments, profiles) goes along.

    Args:
        image: RGB or RGBA, sRGB. JPEG lays transparency on white.
        output: How.

    Raises:
        OutputTooLarge: `max_bytes` cannot be kept.
    """
    bare = _bare(image, output)
    if output.max_bytes is None:
        return _written(bare, output, output.quality)
    if output.format == "png" or output.lossless:
        return _within(output.max_bytes, _written(bare, output, output.quality))
    return _largest_that_fits(
        lambda quality: _written(bare, output, quality), output.quality, output.max_bytes
    )


def _largest_that_fits(write: Callable[[int], bytes], highest: int, max_bytes: int) -> bytes:
    """Return what `write` makes of the highest quality that fits, found by halving the range."""
    found = write(highest)
    if len(found) <= max_bytes:
        return found
    low, high = min(LOWEST_QUALITY, highest), highest
    found = _within(max_bytes, write(low))
    while high - low > 1:
        middle = (low + high) // 2
        tried = write(middle)
        if len(tried) <= max_bytes:
            low, found = middle, tried
        else:
            high = middle
    return found


def _within(max_bytes: int, data: bytes) -> bytes:
    if len(data) > max_bytes:
        raise OutputTooLarge(max_bytes=max_bytes, least_bytes=len(data))
    return data


def _bare(image: Image.Image, output: Output) -> Image.Image:
    """Return the pixels without the notes that Pillow would write along."""
    if image.mode == "RGBA" and output.format == "jpeg":
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    if image.mode not in {"RGB", "RGBA"}:
        image = image.convert("RGB")
    if image.info:
        image = image.copy()
        image.info = {}
    return image


def _written(image: Image.Image, output: Output, quality: int) -> bytes:
    if output.format == "png" and output.effort is None:
        exif = copyright_exif(output.copyright) if output.copyright else b""
        return fast_png(image, exif=exif, profile=srgb_profile_bytes() if output.icc else b"", dpi=output.dpi)
    options: dict[str, Any] = _OPTIONS[output.format](output, quality)
    if output.icc:
        options["icc_profile"] = srgb_profile_bytes()
    if output.copyright:
        options["exif"] = copyright_exif(output.copyright)
    if output.dpi:
        options["dpi"] = (output.dpi, output.dpi)
    target = io.BytesIO()
    image.save(target, output.format.upper(), **options)
    return target.getvalue()


def _png(output: Output, _quality: int) -> dict[str, Any]:
    return {"compress_level": output.effort or 0}


def _jpeg(output: Output, quality: int) -> dict[str, Any]:
    return {
        "quality": min(quality, 95),  # above, libjpeg writes much more for nothing to be seen
        "subsampling": 0 if output.full_chroma else 2,
        "optimize": (output.effort or 0) >= 5,
    }


def _webp(output: Output, quality: int) -> dict[str, Any]:
    return {
        "quality": quality,
        "lossless": output.lossless,
        "exact": output.lossless,
        "method": _WEBP_METHOD if output.effort is None else round(output.effort * 6 / 9),
        "use_sharp_yuv": output.full_chroma and not output.lossless,
    }


def _avif(output: Output, quality: int) -> dict[str, Any]:
    return {
        "quality": quality,
        "speed": _AVIF_SPEED if output.effort is None else 10 - output.effort,
        "subsampling": "4:4:4" if output.full_chroma else "4:2:0",
        "max_threads": 1,
    }


_OPTIONS: dict[Format, Callable[[Output, int], dict[str, Any]]] = {
    "png": _png,
    "jpeg": _jpeg,
    "webp": _webp,
    "avif": _avif,
}
