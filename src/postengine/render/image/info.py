"""What an uploaded picture is, found out by decoding it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .geometry import Size
from .photo import MAX_PHOTO_PIXELS, load_photo

_TURNED = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112
_SMALL = Size(64, 64)


@dataclass(frozen=True)
class PictureInfo:
    """A picture as it is to be seen, upright.

    Attributes:
        mime: Such as `image/jpeg`, by its content.
        width_px: Of the upright picture.
        height_px: Of the upright picture.
    """

    mime: str
    width_px: int
    height_px: int


def picture_info(path: Path, *, max_pixels: int = MAX_PHOTO_PIXELS) -> PictureInfo:
    """Return what a picture is; all of it is read, so that one that is cut short is refused here.

    Raises:
        PhotoUnreadable: It cannot be used.
    """
    load_photo(path, _SMALL, max_pixels=max_pixels)
    with Image.open(path) as image:
        width, height = image.size
        if image.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
        return PictureInfo(image.get_format_mimetype() or "", width, height)
