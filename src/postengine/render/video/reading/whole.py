"""Whether all of a video file is there: one that is cut short still claims its full length."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

_EBML, _SEGMENT = bytes.fromhex("1A45DFA3"), bytes.fromhex("18538067")
_FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_BOXES = _FIRST_BOXES | {b"moof", b"mfra", b"sidx", b"styp", b"meta", b"uuid", b"udta"}
"""Behind them some phones and cameras leave marks of their own, which are none."""
_MOST_BOXES = 1_000_000


def is_cut_short(path: Path) -> bool:
    """Whether the outer parts of an MP4, MOV, MKV or WebM file say that it was longer."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        if head[4:] in _FIRST_BOXES:
            return _boxes_end(file, size) > size
        return head[:4] == _EBML and _segment_end(file) > size


def _boxes_end(file: BinaryIO, size: int) -> int:
    """Return where the last box of an MP4 is to end."""
    at = boxes = 0
    while at < size and boxes < _MOST_BOXES:
        file.seek(at)
        head = file.read(16)
        length = struct.unpack(">I", head[:4])[0] if len(head) >= 8 else 0
        if length == 1 and len(head) == 16:
            length = struct.unpack(">Q", head[8:])[0]
        if length < 8 or (at + length > size and head[4:8] not in _BOXES):  # 0 is up to the end of the file
            break
        at, boxes = at + length, boxes + 1
    return at


def _segment_end(file: BinaryIO) -> int:
    """Return where the segment of an MKV, which has everything in it, is to end; 0 if that is left open."""
    file.seek(4)
    header = _number(file)
    if header is None:
        return 0
    file.seek(header, 1)
    if file.read(4) != _SEGMENT:
        return 0
    length = _number(file)
    return 0 if length is None else file.tell() + length


def _number(file: BinaryIO) -> int | None:
    """Read a number of variable length, as EBML writes them (RFC 8794, section 4); None if it is unknown."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    more = 8 - first[0].bit_length()
    rest = file.read(more)
    value = int.from_bytes(bytes([first[0] & (0x7F >> more)]) + rest, "big")
    is_unknown = len(rest) < more or value == (1 << (7 * (more + 1))) - 1
    return None if is_unknown else value
