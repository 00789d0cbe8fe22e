from __future__ import annotations

import struct
from pathlib import Path

import pytest

from postengine.render.video.reading.whole import is_cut_short

EBML = bytes.fromhex("1A45DFA3")
SEGMENT = bytes.fromhex("18538067")


def box(kind: bytes, content: bytes = b"", *, size: int | None = None) -> bytes:
    return struct.pack(">I4s", 8 + len(content) if size is None else size, kind) + content


def large(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (box(b"ftyp") + box(b"moov", b"123") + box(b"mdat", b"12345"), False),
        (box(b"ftyp") + box(b"moov", b"123") + box(b"mdat", b"12345", size=14), True),
        (box(b"ftyp") + large(b"mdat", b"12345") + box(b"moov"), False),
        (box(b"ftyp") + large(b"mdat", b"12345")[:-1], True),
        (box(b"ftyp") + struct.pack(">I4sQ", 1, b"mdat", 2**64 - 1), True),
        (box(b"ftyp") + box(b"mdat", b"to the end", size=0), False),
        (box(b"ftyp") + box(b"mdat") + b"odds", False),
        (box(b"ftyp") + box(b"mdat") + b"MARK of a camera", False),
        (box(b"ftyp") + box(b"mine", b"12") + box(b"mdat", b"12345", size=14), True),
        (box(b"junk", size=4000), False),
        (b"", False),
        (EBML + b"\x81x" + SEGMENT + b"\x85" + b"12345", False),
        (EBML + b"\x81x" + SEGMENT + b"\x85" + b"1234", True),
        (EBML + b"\x81x" + SEGMENT + b"\x01\0\0\0\0\0\0\x05" + b"1234", True),
        (EBML + b"\x81x" + SEGMENT + b"\x01" + b"\xff" * 7 + b"1234", False),
        (EBML + b"\x81x" + SEGMENT + b"\x01", False),
        (EBML + b"\x81x" + b"other", False),
        (EBML + b"\x00", False),
        (EBML, False),
    ],
)
def test_what_the_outer_parts_promise_is_there_or_not(content: bytes, expected: bool, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content)

    assert is_cut_short(tmp_path / "a") == expected
