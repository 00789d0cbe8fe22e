"""A photo from outside, looked at by its header: what it is, how large, which way up, whether we take it."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from postengine.render.errors import PhotoUnreadable
from postengine.render.image.geometry import Size

from .kind import HEAD_BYTES, kind_of
from .limits import NEVER_MORE_PIXELS, PhotoLimits
from .orientation import orientation_in, upright_size
from .png_strips import exif_of_png

PhotoSource = Path | bytes
"""A photo: a file, or its bytes."""

MIMES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
}
"""The formats that are taken, by the names that Pillow gives them."""

_REMEDIES = {
    "HEIC": "it is HEIC, which is not read here; send it as JPEG (iPhone: Settings, Camera, Most Compatible)",
    "GIF": "it is a GIF, which is no photo format; send a JPEG or PNG",
    "SVG": "it is an SVG drawing, no photo; send a JPEG or PNG",
    "HTML": "it is an HTML page, no picture",
}
_DECODERS_RAISE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    AttributeError,
    RuntimeError,  # AVIF's decoder says everything with it
    struct.error,
    zlib.error,
)
"""What Pillow's readers let through on spoilt files, as seen by flipping bytes at random."""

_ANIMATED = frozenset({"PNG", "WEBP", "AVIF"})


@dataclass(frozen=True)
class Photo:
    """A photo that passed the look at its header; its pixels have not been read yet.

    Attributes:
        source: Where it comes from.
        format: A key of `MIMES`, by its content.
        stored: Size in pixels as it lies in the file.
        orientation: As in EXIF, 1 to 8.
        limits: What it was held to, and is when it is decoded.
    """

    source: PhotoSource
    format: str
    stored: Size
    orientation: int
    limits: PhotoLimits

    @property
    def mime(self) -> str:
        """Such as `image/jpeg`."""
        return MIMES[self.format]

    @property
    def upright(self) -> Size:
        """Size in pixels once it is turned upright."""
        return upright_size(self.stored, self.orientation)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the file in hexadecimal; read when first asked for."""
        with source_file(self.source) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def open_photo(source: PhotoSource, limits: PhotoLimits | None = None) -> Photo:
    """Look at a photo's header.

    The content decides, not the name. Taken are JPEG (of several pictures inside the first), PNG, WebP, AVIF,
    TIFF (its first page) and BMP. Refused are GIF, HEIC, SVG, and anything that moves (animated WebP, AVIF
    and PNG): a photo is one still picture, and leaving out 99 frames would be a silent change.

    Raises:
        PhotoUnreadable: Missing, empty, broken, of another format, too large or too small.
    """
    limits = limits or PhotoLimits()
    with opened(source) as image:
        photo = Photo(source, str(image.format), Size(*image.size), _orientation(image), limits)
        _refuse_kind(source, image)
        _refuse_size(photo)
        return photo


@contextmanager
def opened(source: PhotoSource) -> Generator[ImageFile]:
    """Yield Pillow's lazy picture of a source; whatever its decoders raise inside the block becomes ours."""
    path = source if isinstance(source, Path) else None
    try:
        with source_file(source) as file, _opener(path, file)(file) as image:
            yield image
    except FileNotFoundError as error:
        raise PhotoUnreadable(path, "there is no such file") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoUnreadable(path, "it has too many pixels") from error
    except _DECODERS_RAISE as error:
        raise PhotoUnreadable(path, f"it is broken or cut short ({error})") from error


@contextmanager
def source_file(source: PhotoSource) -> Generator[io.BufferedReader | io.BytesIO]:
    """Yield a source as a file to read."""
    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
        yield file


def _opener(path: Path | None, file: io.BufferedReader | io.BytesIO) -> type[ImageFile]:
    """Return the reader by content.

    Not `Image.open`, which warns on standard error of each photo above 89 million pixels; limits.py holds.
    """
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not head:
        raise PhotoUnreadable(path, "it is empty")
    kind = kind_of(head)
    readers: dict[str, type[ImageFile]] = {
        "JPEG": JpegImageFile,
        "PNG": PngImageFile,
        "WEBP": WebPImageFile,
        "AVIF": AvifImageFile,
        "TIFF": TiffImageFile,
        "BMP": BmpImageFile,
    }
    if kind not in readers:
        unknown = f"it is a {kind}, no photo" if kind else "it is no picture of a known format"
        raise PhotoUnreadable(path, _REMEDIES.get(kind, unknown))
    return readers[kind]


def _orientation(image: ImageFile) -> int:
    if image.format == "TIFF":
        return 1  # Pillow turns TIFF upright by itself, sizes included
    if image.format == "PNG":
        return orientation_in(exif_of_png(image.fp)) if image.fp else 1
    exif = image.info.get("exif")
    return orientation_in(exif) if isinstance(exif, bytes) else 1


def _refuse_kind(source: PhotoSource, image: ImageFile) -> None:
    path = source if isinstance(source, Path) else None
    if image.mode == "F":
        raise PhotoUnreadable(path, "its pixels are fractions, of which nobody says how light 1 is")
    frames = getattr(image, "n_frames", 1)
    if image.format in _ANIMATED and frames > 1:
        raise PhotoUnreadable(path, f"it moves ({frames} frames), and a photo is one still picture")


def _refuse_size(photo: Photo) -> None:
    path = photo.source if isinstance(photo.source, Path) else None
    width, height = photo.stored
    pixels, limits = width * height, photo.limits
    if pixels > NEVER_MORE_PIXELS:
        raise PhotoUnreadable(path, f"it has too many pixels ({width}x{height})")
    if pixels > limits.max_pixels:
        raise PhotoUnreadable(path, f"it has {pixels} pixels, more than the {limits.max_pixels} allowed")
    if min(width, height) < limits.min_side_px:
        reason = f"it is {width}x{height} pixels; each side needs {limits.min_side_px} at least"
        raise PhotoUnreadable(path, reason)
