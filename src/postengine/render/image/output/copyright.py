"""The one line of metadata that may leave the house: who owns the picture, as EXIF's Copyright tag."""

from __future__ import annotations

import struct

_COPYRIGHT = 0x8298
_ASCII = 2
_FIRST_VALUE = 26  # header 8, count 2, one entry 12, next 4


def copyright_exif(line: str) -> bytes:
    """Return an EXIF block (from `Exif` on) that holds the line and nothing else.

    The text is UTF-8, which readers take there although EXIF before 3.0 spoke of ASCII only.

    Source: EXIF 3.0 (CIPA DC-008-2023), 4.6.5.4.7; TIFF 6.0, section 2.
    """
    text = line.encode() + b"\x00"
    text = text.ljust(5, b"\x00")  # up to four bytes would have to stand in the entry itself
    entry = struct.pack("<HHII", _COPYRIGHT, _ASCII, len(text), _FIRST_VALUE)
    return b"Exif\x00\x00" + b"II*\x00" + struct.pack("<IH", 8, 1) + entry + bytes(4) + text
