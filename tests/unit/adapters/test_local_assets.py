from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from postengine.adapters.assets.errors import AssetMissing, AssetStoreFull, AssetStoreUnusable
from postengine.adapters.assets.local import LocalAssetStore

CONTENT = b"a picture" * 300_000
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> LocalAssetStore:
    return LocalAssetStore(tmp_path / "assets")


def new_file(folder: Path, content: bytes = CONTENT) -> Path:
    file = folder / "new.jpg"
    file.write_bytes(content)
    return file


def test_a_file_is_kept_under_the_hash_of_its_content(store: LocalAssetStore, tmp_path: Path) -> None:
    file = new_file(tmp_path)

    assert store.put(file) == (HASH, len(CONTENT))

    assert not file.exists()
    assert store.path(HASH) == tmp_path / "assets" / HASH[:2] / HASH[2:]
    assert store.path(HASH).stat().st_mode & 0o777 == 0o444
    with store.open(HASH) as kept:
        assert kept.read() == CONTENT


def test_the_same_content_is_kept_once(store: LocalAssetStore, tmp_path: Path) -> None:
    store.put(new_file(tmp_path))
    inode = store.path(HASH).stat().st_ino

    store.put(new_file(tmp_path))

    assert store.path(HASH).stat().st_ino == inode
    assert list((tmp_path / "assets" / "making").iterdir()) == []


def test_a_truncated_file_is_replaced_when_its_content_comes_again(
    store: LocalAssetStore, tmp_path: Path
) -> None:
    store.put(new_file(tmp_path))
    store.path(HASH).chmod(0o644)
    store.path(HASH).write_bytes(CONTENT[:10])

    store.put(new_file(tmp_path))

    store.verify(HASH)


@pytest.mark.parametrize("sha256", ["0" * 64, "../../etc/passwd", HASH.upper(), ""])
def test_what_is_not_there_is_said_to_be_missing(store: LocalAssetStore, sha256: str) -> None:
    with pytest.raises(AssetMissing) as caught:
        store.path(sha256)

    assert caught.value.sha256 == sha256


def test_an_emptied_file_is_noticed_at_once(store: LocalAssetStore, tmp_path: Path) -> None:
    store.put(new_file(tmp_path))
    store.path(HASH).chmod(0o644)
    store.path(HASH).write_bytes(b"")

    with pytest.raises(AssetMissing, match="empty"):
        store.open(HASH)


def test_an_empty_file_of_its_own_right_is_kept(store: LocalAssetStore, tmp_path: Path) -> None:
    sha256, size = store.put(new_file(tmp_path, b""))

    assert size == 0
    assert store.path(sha256).read_bytes() == b""


def test_a_damaged_file_is_found_by_reading_it_all(store: LocalAssetStore, tmp_path: Path) -> None:
    store.put(new_file(tmp_path))
    store.verify(HASH)
    store.path(HASH).chmod(0o644)
    store.path(HASH).write_bytes(b"b" + CONTENT[1:])

    with pytest.raises(AssetMissing, match="damaged"):
        store.verify(HASH)


def test_a_workspace_is_on_the_same_disk_and_is_removed_at_the_end(
    store: LocalAssetStore, tmp_path: Path
) -> None:
    with store.workspace() as folder:
        made = new_file(folder)
        assert folder.is_relative_to(tmp_path / "assets")
        store.put(made)
        (folder / "half-done.mp4").write_bytes(b"x")

    assert not folder.exists()
    assert store.path(HASH).is_file()


class FullDisk(LocalAssetStore):
    """A store whose disk is full, or broken, at the moment a file is to get its name."""

    number = errno.ENOSPC

    def _place(self, sha256: str) -> Path:
        raise OSError(self.number, os.strerror(self.number), sha256)


def test_a_full_disk_leaves_the_file_where_it_was(tmp_path: Path) -> None:
    file = new_file(tmp_path)

    with pytest.raises(AssetStoreFull) as caught:
        FullDisk(tmp_path / "assets").put(file)

    assert caught.value.retryable
    assert caught.value.size_bytes == len(CONTENT)
    assert file.read_bytes() == CONTENT
    assert list((tmp_path / "assets" / "making").iterdir()) == []


def test_another_fault_of_the_disk_is_not_called_a_full_one(tmp_path: Path) -> None:
    store = FullDisk(tmp_path / "assets")
    store.number = errno.EIO

    with pytest.raises(OSError, match="Input/output"):
        store.put(new_file(tmp_path))


def test_a_disk_that_fills_up_in_a_workspace_is_called_a_full_one(store: LocalAssetStore) -> None:
    with pytest.raises(AssetStoreFull, match="for the file") as caught, store.workspace():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert caught.value.size_bytes is None


def test_what_else_goes_wrong_in_a_workspace_is_left_as_it_is(store: LocalAssetStore) -> None:
    with pytest.raises(FileNotFoundError), store.workspace() as folder:
        (folder / "nothing").read_bytes()


def test_a_folder_that_cannot_be_written_to_is_told_and_tried_again(
    store: LocalAssetStore, tmp_path: Path
) -> None:
    file = new_file(tmp_path)
    making = tmp_path / "assets" / "making"
    making.rmdir()
    making.write_bytes(b"")

    with pytest.raises(AssetStoreUnusable, match="Not a directory") as caught, store.workspace():
        raise AssertionError
    with pytest.raises(AssetStoreUnusable):
        store.put(file)

    assert caught.value.retryable
    assert caught.value.folder == making
    assert file.read_bytes() == CONTENT
