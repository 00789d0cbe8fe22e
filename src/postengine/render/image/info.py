"""What an uploaded picture is, found out by decoding it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .geometry import Size
from .photo import MAX_PHOTO_PIXELS, PhotoLimits, decode, open_photo

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
    photo = open_photo(path, PhotoLimits(max_pixels=max_pixels))
    decode(photo, [_SMALL])
    return PictureInfo(photo.mime, photo.upright.width, photo.upright.height)
