"""A photo that is posted as it is: the same picture, upright, in its own colours, with nobody's data."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from postengine.render.errors import PhotoUnreadable
from postengine.render.image.geometry import Size
from postengine.render.image.photo import Photo, PhotoLimits, PhotoSource, decode, open_photo
from postengine.render.image.photo.opening import MIMES, opened
from postengine.render.image.photo.orientation import turned_upright
from postengine.render.image.photo.profile import is_usable_profile, to_srgb
from postengine.render.output import Rendered, written_whole

from .copyright import copyright_exif
from .jpeg_segments import bare_jpeg
from .png_chunks import bare_png
from .webp_chunks import bare_webp

MAX_UNTOUCHED_BYTES = 64 * 1024 * 1024
"""Of a file that is posted as it is; it is held in memory twice."""

_PROBE = Size(64, 64)
_KEPT_AS_JPEG = frozenset({"TIFF", "BMP"})
_HALF_ACROSS = 1  # Pillow's name for 4:2:2, which turned by a quarter has no name there
_MODES = frozenset({"RGB", "RGBA", "L"})


@dataclass(frozen=True)
class _Notes:
    """What is written along with the pixels.

    Attributes:
        exif: The copyright block; nothing for none.
        profile: The colour profile; nothing for none, or where it is no profile.
    """

    exif: bytes
    profile: bytes


def stripped_photo(
    source: PhotoSource, out: Path, *, copyright_line: str | None = None, limits: PhotoLimits | None = None
) -> Rendered:
    """Write a photo without EXIF (place, camera, owner), XMP, IPTC, comments and thumbnails.

    Its colour profile stays. An upright JPEG, PNG or WebP keeps its pixels bit by bit. A turned one is turned
    and written anew (a JPEG with its own quantisation, so that next to nothing is lost). AVIF is always
    written anew; TIFF and BMP, which no network takes, become JPEG: see `Rendered.mime`.

    Args:
        source: The photo.
        out: Where to write; it appears whole or not at all.
        copyright_line: Written as EXIF's Copyright, the only tag.
        limits: What the photo is held to.

    Raises:
        PhotoUnreadable: It cannot be used; all of it is read to find out.
        RenderOutOfSpace: The disk is full.
    """
    photo = open_photo(source, limits)
    notes = _Notes(copyright_exif(copyright_line) if copyright_line else b"", _profile(photo))
    is_lossless = photo.orientation == 1 and photo.format in {"JPEG", "PNG", "WEBP"}
    data = _same_pixels(photo, notes) if is_lossless else _written_anew(photo, notes)
    with written_whole(out) as temporary:
        temporary.write_bytes(data)
    mime = MIMES["JPEG"] if photo.format in _KEPT_AS_JPEG else photo.mime
    return Rendered(out, mime, photo.upright.width, photo.upright.height, None, len(data))


def _profile(photo: Photo) -> bytes:
    with opened(photo.source) as image:
        profile = image.info.get("icc_profile")
        return profile if isinstance(profile, bytes) and is_usable_profile(profile) else b""


def _same_pixels(photo: Photo, notes: _Notes) -> bytes:
    decode(photo, [_PROBE])  # a photo that is cut short must not leave
    data = _content(photo.source)
    if photo.format == "JPEG":
        return bare_jpeg(data, exif=notes.exif, profile=notes.profile)
    if photo.format == "PNG":
        return bare_png(data, exif=notes.exif, profile=notes.profile)
    return bare_webp(data, photo.stored, exif=notes.exif, profile=notes.profile)


def _content(source: PhotoSource) -> bytes:
    size_bytes = source.stat().st_size if isinstance(source, Path) else len(source)
    if size_bytes > MAX_UNTOUCHED_BYTES:
        reason = f"it has {size_bytes} bytes, more than the {MAX_UNTOUCHED_BYTES} that are posted as they are"
        raise PhotoUnreadable(source if isinstance(source, Path) else None, reason)
    return source.read_bytes() if isinstance(source, Path) else source


def _written_anew(photo: Photo, notes: _Notes) -> bytes:
    image = turned_upright(decode(photo, [photo.upright]).image, photo.orientation)
    written = "JPEG" if photo.format in _KEPT_AS_JPEG else photo.format
    options: dict[str, Any] = _options(photo, written)
    if image.mode in _MODES or (image.mode == "CMYK" and written == "JPEG"):
        options["icc_profile"] = notes.profile or None
    else:
        image = to_srgb(image, notes.profile)
    if image.mode == "RGBA" and written == "JPEG":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if notes.exif:
        options["exif"] = notes.exif
    target = io.BytesIO()
    bare = image.copy()
    bare.info = {}
    bare.save(target, written, **options)
    return target.getvalue()


def _options(photo: Photo, written: str) -> dict[str, Any]:
    with opened(photo.source) as image:
        if isinstance(image, JpegImageFile):
            return _as_quantised(image, lies=photo.upright != photo.stored)
    options: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 95, "subsampling": 0},
        "PNG": {"compress_level": 3},
        "WEBP": {"quality": 95},
        "AVIF": {"quality": 90, "speed": 8, "subsampling": "4:4:4", "max_threads": 1},
    }
    return options[written]


def _as_quantised(image: JpegImageFile, *, lies: bool) -> dict[str, Any]:
    """Return the options that lose least: what was rounded once is rounded to the same steps again.

    Args:
        image: The photo as it came.
        lies: It is turned by a quarter, and so are its quantisation tables.
    """
    sampling = get_sampling(image)
    if not lies:
        return {"qtables": image.quantization, "subsampling": sampling}
    turned = {
        key: [table[x * 8 + y] for y in range(8) for x in range(8)]
        for key, table in image.quantization.items()
    }
    return {"qtables": turned, "subsampling": 0 if sampling == _HALF_ACROSS else sampling}
