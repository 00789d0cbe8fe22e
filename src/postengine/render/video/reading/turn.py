"""How a picture is turned before it is shown, as cameras note it beside the pixels."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_ONE = 1 << 16
_NEAR = 1 / 64
"""Entries of the matrix may be off by so much of 1."""


@dataclass(frozen=True)
class Turn:
    """First mirrored left to right, then turned.

    Attributes:
        quarters: Quarter turns clockwise, 0 to 3.
        is_mirrored: Whether it is mirrored before.
    """

    quarters: int = 0
    is_mirrored: bool = False

    @property
    def swaps_sides(self) -> bool:
        """Whether width and height change places."""
        return self.quarters % 2 == 1


_TURNED = {
    (1, 0, 0, 1): Turn(),
    (0, 1, -1, 0): Turn(1),
    (-1, 0, 0, -1): Turn(2),
    (0, -1, 1, 0): Turn(3),
    (-1, 0, 0, 1): Turn(0, is_mirrored=True),
    (0, -1, -1, 0): Turn(1, is_mirrored=True),
    (1, 0, 0, -1): Turn(2, is_mirrored=True),
    (0, 1, 1, 0): Turn(3, is_mirrored=True),
}


def turn_of(matrix: bytes) -> Turn:
    """Return what a display matrix (nine numbers of 32 bits, by rows) does to a picture.

    One that scales or shears, which no camera writes, is taken as none.

    >>> turn_of(struct.pack("=9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30))
    Turn(quarters=1, is_mirrored=False)
    """
    numbers = struct.unpack("=9i", matrix[:36])
    entries = [numbers[0] / _ONE, numbers[1] / _ONE, numbers[3] / _ONE, numbers[4] / _ONE]
    if any(abs(entry - round(entry)) > _NEAR for entry in entries):
        return Turn()
    a, b, c, d = (round(entry) for entry in entries)
    return _TURNED.get((a, b, c, d), Turn())
