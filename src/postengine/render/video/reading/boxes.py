"""The boxes of an MP4 or MOV, read without a decoder: its brand, where its index is, its edit lists."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

_MOST = 100_000
"""Boxes that are looked at; a whole video has a few hundred, a fragmented one of hours some thousands."""
_FOLDERS = frozenset({b"moov", b"trak", b"edts"})
_INDEX, _PICTURES, _BRAND, _EDITS = b"moov", b"mdat", b"ftyp", b"elst"


@dataclass(frozen=True)
class BoxFacts:
    """How an MP4 or MOV is laid out.

    Attributes:
        brand: Four characters such as `isom` or `qt  `; empty if the file names none.
        is_index_first: The index (`moov`) stands before the pictures and the sound (`mdat`), so that a player
            can begin before it has the whole file.
        edit_lists: How many tracks have one: it shifts or cuts what is shown, and some networks refuse that.
    """

    brand: str
    is_index_first: bool
    edit_lists: int


class _Box(NamedTuple):
    kind: bytes
    start: int
    """Of what it holds."""
    end: int


def read_boxes(path: Path) -> BoxFacts:
    """Return how an MP4 or MOV is laid out; of any other file, no brand and no index.

    Only the heads of boxes are read. What is cut short or makes no sense ends the look; it raises nothing.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        found = [(box, _brand(file, box)) for box in _walk(file, 0, path.stat().st_size)]
    kinds = [box.kind for box, _ in found if box.kind in {_INDEX, _PICTURES}]
    brands = [brand for _, brand in found if brand]
    return BoxFacts(
        brand=brands[0] if brands else "",
        is_index_first=kinds[:1] == [_INDEX],
        edit_lists=sum(box.kind == _EDITS for box, _ in found),
    )


def _walk(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    """Yield the boxes between two offsets in their order, each before those in it."""
    open_ends = [end]
    for _ in range(_MOST):
        while open_ends and start + 8 > open_ends[-1]:
            start = open_ends.pop()
        if not open_ends:
            return
        box = _box(file, start, open_ends[-1])
        if box is None:
            return
        yield box
        if box.kind in _FOLDERS:
            open_ends.append(box.end)
        start = box.start if box.kind in _FOLDERS else box.end


def _box(file: BinaryIO, at: int, most: int) -> _Box | None:
    """Return the box that begins at an offset; None if there is none that makes sense."""
    file.seek(at)
    head = file.read(16).ljust(16, b"\0")
    size, kind = struct.unpack(">I4s", head[:8])
    length = 8
    if size == 1:  # it stands behind the kind, in 64 bits
        size, length = struct.unpack(">Q", head[8:])[0], 16
    elif size == 0:  # up to the end
        size = most - at
    return _Box(kind, at + length, at + size) if length <= size <= most - at else None


def _brand(file: BinaryIO, box: _Box) -> str:
    if box.kind != _BRAND:
        return ""
    file.seek(box.start)
    return file.read(4).decode("latin-1")
