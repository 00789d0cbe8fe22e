"""A contact sheet: pictures of a video from beginning to end, each with its time."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw

from postengine.render.image.geometry import Size
from postengine.render.image.photo import RgbPixels

from .pictures import opened

_GROUND = (233, 233, 230)
_INK = (70, 70, 70)
_GAP_PX = 12
_CAPTION_PX = 26
_MOST = 100
_WIDEST_PX = 1080
_LARGEST_PX = 65_500
"""A side of a JPEG is not longer."""


def storyboard(path: Path, *, columns: int = 4, count: int = 12, width_px: int = 320) -> bytes:
    """Return pictures of a video side by side as one JPEG, evenly spread over its length.

    Only one picture of the video is in memory at its full size.

    Args:
        path: An MP4, MOV, MKV or WebM file.
        columns: Pictures in a row, 1 or more.
        count: Pictures in all, 1 to 100.
        width_px: Of each picture, 16 to 1080.

    Raises:
        MediaUnreadable: The file is none, or is damaged.
        ValueError: A number is out of its range, or the sheet would be too large for a JPEG.
    """
    _require(columns, count, width_px)
    with opened(path) as video:
        instants = spread(video.info.duration_s, count)
        pictures = ((at_s, video.picture(at_s)) for at_s in instants)
        return contact_sheet(pictures, video.info.shown, columns=columns, count=count, width_px=width_px)


def spread(seconds: float, count: int) -> list[float]:
    """Return instants that are evenly spread over a length.

    >>> spread(3.0, 3)
    [0.5, 1.5, 2.5]
    """
    return [seconds * (number + 0.5) / count for number in range(count)]


def contact_sheet(
    pictures: Iterable[tuple[float, RgbPixels]], shown: Size, *, columns: int, count: int, width_px: int
) -> bytes:
    """Return pictures side by side as one JPEG, each with its instant in seconds.

    Args:
        pictures: `count` of them, all of one size; each is let go of before the next is asked for.
        shown: That size.
        columns: Pictures in a row, 1 or more.
        count: Pictures in all, 1 to 100.
        width_px: Of each picture, 16 to 1080.

    Raises:
        ValueError: A number is out of its range, or the sheet would be too large for a JPEG.
    """
    _require(columns, count, width_px)
    size = Size(width_px, max(round(shown.height * width_px / shown.width), 1))
    sheet = _sheet(size, min(columns, count), -(-count // columns))
    for number, (at_s, pixels) in enumerate(pictures):
        small = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        _place(sheet, small, divmod(number, columns), at_s)
    target = io.BytesIO()
    sheet.save(target, "JPEG", quality=88)
    return target.getvalue()


def _require(columns: int, count: int, width_px: int) -> None:
    if columns < 1 or not 1 <= count <= _MOST or not 16 <= width_px <= _WIDEST_PX:
        raise ValueError(
            f"Expected 1 or more columns and 1 to {_MOST} pictures of 16 to {_WIDEST_PX} px, "
            f"got {columns} columns and {count} pictures of {width_px} px."
        )


def _sheet(picture: Size, columns: int, rows: int) -> Image.Image:
    width = columns * (picture.width + _GAP_PX) + _GAP_PX
    height = rows * (picture.height + _CAPTION_PX + _GAP_PX) + _GAP_PX
    if max(width, height) > _LARGEST_PX:
        raise ValueError(
            f"Expected a sheet of at most {_LARGEST_PX} px a side, got {width}x{height}; "
            "take fewer pictures, smaller ones, or another number of columns."
        )
    return Image.new("RGB", (width, height), _GROUND)


def _place(sheet: Image.Image, picture: Image.Image, cell: tuple[int, int], at_s: float) -> None:
    row, column = cell
    left = _GAP_PX + column * (picture.width + _GAP_PX)
    top = _GAP_PX + row * (picture.height + _CAPTION_PX + _GAP_PX)
    sheet.paste(picture, (left, top))
    minutes, seconds = divmod(round(at_s, 1), 60)
    caption = f"{minutes:.0f}:{seconds:04.1f}"
    ImageDraw.Draw(sheet).text((left, top + picture.height + 5), caption, fill=_INK, font_size=16)
