from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from postengine.render import RenderOutOfSpace
from postengine.render.output import working_folder, written_whole


def test_the_file_appears_whole_and_alone(tmp_path: Path) -> None:
    out = tmp_path / "new" / "card.jpg"

    with written_whole(out) as temporary:
        temporary.write_bytes(b"whole")
        assert not out.exists()

    assert out.read_bytes() == b"whole"
    assert list(out.parent.iterdir()) == [out]


def test_a_full_disk_leaves_the_earlier_file_and_no_other(tmp_path: Path) -> None:
    out = tmp_path / "card.jpg"
    out.write_bytes(b"earlier")

    with pytest.raises(RenderOutOfSpace) as caught, written_whole(out):
        # /dev/full answers as a full disk does
        Path("/dev/full").write_bytes(b"x")

    assert caught.value.retryable
    assert caught.value.path == out
    assert out.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [out]


def test_another_error_passes_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), written_whole(tmp_path / "card.jpg"):
        tmp_path.write_bytes(b"x")

    assert list(tmp_path.iterdir()) == []


def test_a_quota_counts_as_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(RenderOutOfSpace), written_whole(tmp_path / "card.jpg"):
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))


def test_a_folder_that_cannot_be_made_is_reported_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(NotADirectoryError), written_whole(tmp_path / "file" / "sub" / "card.jpg"):
        raise AssertionError("Not reached.")


def test_a_working_folder_stands_beside_the_file_and_goes(tmp_path: Path) -> None:
    out = tmp_path / "films" / "film.mp4"

    with working_folder(out) as folder:
        (folder / "sound.m4a").write_bytes(b"half")
        beside = folder.parent

    assert beside == out.parent
    assert list(beside.iterdir()) == []


def test_a_working_folder_on_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)

    with pytest.raises(RenderOutOfSpace), working_folder(tmp_path / "film.mp4"):
        pass
