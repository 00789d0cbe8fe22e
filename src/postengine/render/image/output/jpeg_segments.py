"""A JPEG's segments: what it takes to show the picture stays, what was noted along with it goes.

Source: ITU-T T.81, annex B; JFIF 1.02; ICC.1:2022, annex B.4.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_JFIF, _EXIF, _PROFILE, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_JFIF_BYTES, _ADOBE_BYTES = 12, 12  # up to the thumbnail, and all that decoders read
_PROFILE_SIGN = b"ICC_PROFILE\x00"
_PROFILE_PART_BYTES = 65_519
# In a scan 0xFF is data before 0x00, a restart before 0xD0 to 0xD7, and padding before another 0xFF.
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def bare_jpeg(data: bytes, *, exif: bytes, profile: bytes) -> bytes:
    """Return the same picture, bit by bit, without any application data or comment of its own.

    Resolution and Adobe's colour marker stay, thumbnails and whatever follows the end of the picture go.

    Args:
        data: A JPEG that can be decoded.
        exif: A block to write instead, from `Exif` on; nothing for none.
        profile: A colour profile to write instead; nothing for none.
    """
    parts = [b"\xff\xd8"]
    rest: list[bytes] = []
    for marker, segment in _segments(data):
        if marker == _JFIF and segment.startswith(b"JFIF\x00") and len(segment) >= _JFIF_BYTES:
            parts.append(_segment(_JFIF, segment[:_JFIF_BYTES] + b"\x00\x00"))
        elif marker == _ADOBE and segment.startswith(b"Adobe"):
            rest.append(_segment(_ADOBE, segment[:_ADOBE_BYTES]))
        elif marker not in _APPLICATIONS and marker != _COMMENT:
            rest.append(_segment(marker, segment) if marker else segment)
    if exif:
        parts.append(_segment(_EXIF, exif))
    return b"".join([*parts, *_profile_segments(profile), *rest, b"\xff\xd9"])


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of each segment up to the end; entropy-coded data comes as marker 0."""
    at = 2
    while at + 4 <= len(data):
        if data[at + 1] == 0xFF or data[at] != 0xFF:  # padding, or stray bytes between segments
            at += 1
            continue
        marker = data[at + 1]
        if marker == _END:
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == _SCAN:
            found = _MARKER.search(data, at)
            end = found.start() if found else len(data)
            yield 0, data[at:end]
            at = end


def _profile_segments(profile: bytes) -> list[bytes]:
    starts = range(0, len(profile), _PROFILE_PART_BYTES)
    return [
        _segment(
            _PROFILE,
            _PROFILE_SIGN + bytes((number, len(starts))) + profile[start : start + _PROFILE_PART_BYTES],
        )
        for number, start in enumerate(starts, 1)
    ]


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
