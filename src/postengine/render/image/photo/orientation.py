"""Which way up a photo is: the one EXIF tag that matters, read without trusting the rest of the block."""

from __future__ import annotations

from typing import Final

from PIL import Image

from postengine.render.image.geometry import Region, Size

_TAG = 0x0112
_SHORT = 3
_MOST_TAGS = 1000
_TURNED = frozenset({5, 6, 7, 8})
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation_in(exif: bytes) -> int:
    """Return the orientation that an EXIF block states, 1 to 8; 1 if it states none or is junk.

    Source: EXIF 3.0 (CIPA DC-008-2023), 4.6.5.1.6; TIFF 6.0, section 2.
    """
    block = exif.removeprefix(b"Exif\x00\x00")
    order = {b"II*\x00": "little", b"MM\x00*": "big"}.get(block[:4])
    if order is None:
        return 1
    little = order == "little"

    def number(at: int, length: int) -> int:
        return int.from_bytes(block[at : at + length], "little" if little else "big")

    start = number(4, 4)
    for at in range(start + 2, start + 2 + 12 * min(number(start, 2), _MOST_TAGS), 12):
        if number(at, 2) == _TAG and number(at + 2, 2) == _SHORT:
            found = number(at + 8, 2)
            return found if 1 <= found <= 8 else 1
    return 1


def upright_size(stored: Size, orientation: int) -> Size:
    """Return the size of the photo once it is upright."""
    return Size(stored.height, stored.width) if orientation in _TURNED else stored


def turned_upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture upright; the same object if it already is."""
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def stored_region(upright: Region, of: Size, orientation: int) -> Region:
    """Return where a region of the upright photo lies in the stored pixels.

    Args:
        upright: Region of the upright photo.
        of: Size of the upright photo.
        orientation: As in EXIF.
    """
    right, bottom = of.width - upright.right, of.height - upright.bottom
    x, y, width, height = upright.x, upright.y, upright.width, upright.height
    return {
        2: Region(right, y, width, height),
        3: Region(right, bottom, width, height),
        4: Region(x, bottom, width, height),
        5: Region(y, x, height, width),
        6: Region(y, right, height, width),
        7: Region(bottom, right, height, width),
        8: Region(bottom, x, height, width),
    }.get(orientation, upright)
