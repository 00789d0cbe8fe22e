"""A WebP's chunks: those that make the picture stay, EXIF, XMP and unknown ones go.

Source: WebP container specification (developers.google.com/speed/webp/docs/riff_container, 2025), RFC 9649.
"""

from __future__ import annotations

import struct

from postengine.render.image.geometry import Size

_PICTURE = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_HAS_PROFILE, _HAS_ALPHA, _HAS_EXIF = 0x20, 0x10, 0x08
_LOSSLESS_ALPHA = 0x10  # in the last byte of VP8L's packed size


def bare_webp(data: bytes, size: Size, *, exif: bytes, profile: bytes) -> bytes:
    """Return the same picture without chunks that do not make it.

    Args:
        data: A still WebP that can be decoded.
        size: Its width and height.
        exif: A block to write instead, from `Exif` on; nothing for none.
        profile: A colour profile to write instead; nothing for none.
    """
    picture: list[bytes] = []
    has_alpha = False
    at = 12
    while at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        content = data[at + 8 : at + 8 + length]
        if name in _PICTURE:
            picture.append(_chunk(name, content))
            has_alpha |= name == b"ALPH" or (name == b"VP8L" and bool(content[4] & _LOSSLESS_ALPHA))
        at += 8 + length + length % 2
    if not (exif or profile or has_alpha):
        return _riff(picture)
    flags = (_HAS_ALPHA if has_alpha else 0) | (_HAS_PROFILE if profile else 0) | (_HAS_EXIF if exif else 0)
    head = bytes((flags, 0, 0, 0)) + _uint24(size.width - 1) + _uint24(size.height - 1)
    before = [_chunk(b"VP8X", head), *([_chunk(b"ICCP", profile)] if profile else [])]
    after = [_chunk(b"EXIF", exif.removeprefix(b"Exif\x00\x00"))] if exif else []
    return _riff([*before, *picture, *after])


def _riff(chunks: list[bytes]) -> bytes:
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _uint24(number: int) -> bytes:
    return number.to_bytes(3, "little")
