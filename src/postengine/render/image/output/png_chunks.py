"""A PNG's chunks: those that make the picture stay, texts, times and EXIF go.

Source: PNG specification, third edition (W3C 2025), sections 5 and 11.
"""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"tRNS",
        b"IDAT",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"cICP",
        b"bKGD",
        b"pHYs",
    }
)


def bare_png(data: bytes, *, exif: bytes, profile: bytes) -> bytes:
    """Return the same picture without chunks that do not make it, and without what follows its end.

    Args:
        data: A PNG that can be decoded.
        exif: A block to write instead, from `Exif` on; nothing for none.
        profile: A colour profile to write instead; nothing for none.
    """
    parts = [SIGNATURE]
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if name in _PICTURE:
            parts.append(data[at : at + 12 + length])
        if name == b"IHDR":
            parts += notes(exif, profile)
        at = len(data) if name == b"IEND" else at + 12 + length
    return b"".join([*parts, chunk(b"IEND", b"")])


def notes(exif: bytes, profile: bytes) -> list[bytes]:
    """Return the chunks of a colour profile and of an EXIF block; an empty one has none."""
    parts: list[bytes] = []
    if profile:
        parts.append(chunk(b"iCCP", b"icc\x00\x00" + zlib.compress(profile, 9)))
    if exif:
        parts.append(chunk(b"eXIf", exif.removeprefix(b"Exif\x00\x00")))
    return parts


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
