"""Boxes of files that are made by hand."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from postengine.render.video.reading.boxes import BoxFacts, read_boxes


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


FTYP = box(b"ftyp", b"isom\x00\x00\x02\x00isomavc1")
PICTURES = box(b"mdat", b"elst" * 40)
EDIT = box(b"edts", box(b"elst", bytes(20)))


def track(*inside: bytes) -> bytes:
    return box(b"trak", box(b"tkhd", bytes(84)), *inside, box(b"mdia", bytes(30)))


def index(*tracks: bytes) -> bytes:
    return box(b"moov", box(b"mvhd", bytes(100)), *tracks)


def facts(tmp_path: Path, data: bytes) -> BoxFacts:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    return read_boxes(path)


def test_an_index_before_the_pictures(tmp_path: Path) -> None:
    assert facts(tmp_path, FTYP + index(track()) + PICTURES) == BoxFacts("isom", True, 0)


def test_an_index_behind_the_pictures(tmp_path: Path) -> None:
    assert not facts(tmp_path, FTYP + PICTURES + index(track())).is_index_first


def test_edit_lists_are_counted_by_track(tmp_path: Path) -> None:
    assert facts(tmp_path, FTYP + index(track(EDIT), track(), track(EDIT)) + PICTURES).edit_lists == 2


def test_words_within_the_pictures_are_no_boxes(tmp_path: Path) -> None:
    assert facts(tmp_path, FTYP + PICTURES + index(track(EDIT))).edit_lists == 1


def test_what_is_cut_within_a_box_is_not_there(tmp_path: Path) -> None:
    whole = FTYP + PICTURES + index(track(EDIT))

    assert facts(tmp_path, whole[:-40]) == BoxFacts("isom", False, 0)


def test_a_box_with_64_bits_of_size(tmp_path: Path) -> None:
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + 5) + b"12345"

    assert facts(tmp_path, FTYP + index() + large).is_index_first
    assert facts(tmp_path, FTYP + large + index(track(EDIT))).edit_lists == 1


def test_a_box_without_a_size_goes_to_the_end(tmp_path: Path) -> None:
    endless = struct.pack(">I4s", 0, b"mdat") + index(track(EDIT))

    assert facts(tmp_path, FTYP + endless) == BoxFacts("isom", False, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"moov",
        struct.pack(">I4s", 7, b"moov"),
        struct.pack(">I4s", 1, b"moov"),
        struct.pack(">I4sQ", 1, b"moov", 3),
        struct.pack(">I4s", 2**31, b"moov"),
        b"\x00" * 64,
    ],
)
def test_nonsense_has_no_boxes_and_raises_nothing(tmp_path: Path, data: bytes) -> None:
    assert facts(tmp_path, data) == BoxFacts("", False, 0)


def test_a_child_larger_than_its_parent_ends_the_look(tmp_path: Path) -> None:
    grown = index(box(b"trak", struct.pack(">I4s", 10_000, b"edts") + EDIT))

    assert facts(tmp_path, FTYP + grown + PICTURES).edit_lists == 0


def test_the_look_ends_after_countless_boxes(tmp_path: Path) -> None:
    countless = box(b"free") * 100_000

    assert facts(tmp_path, FTYP + countless + index(track(EDIT))).edit_lists == 0


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_boxes(tmp_path / "gone.mp4")
