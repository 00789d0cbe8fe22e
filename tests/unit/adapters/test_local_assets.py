from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from postengine.adapters.assets.errors import AssetMissing, AssetStoreFull, AssetStoreUnusable
from postengine.adapters.assets.local import LocalAssetStore, Look

CONTENT = b"a picture" * 300_000
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> LocalAssetStore:
    return LocalAssetStore(tmp_path / "assets")


def new_file(folder: Path, content: bytes = CONTENT) -> Path:
    file = folder / "new.jpg"
    file.write_bytes(content)
    return file


def damage(file: Path, content: bytes) -> None:
    """Write other content, as a broken disk or a hasty person might."""
    file.chmod(0o644)
    file.write_bytes(content)


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


@pytest.mark.parametrize("content", [b"", CONTENT[:-1], b"b" + CONTENT[1:]])
@pytest.mark.parametrize("is_known", [True, False])
def test_a_file_that_was_emptied_cut_off_or_damaged_is_noticed_when_it_is_read(
    store: LocalAssetStore, tmp_path: Path, content: bytes, is_known: bool
) -> None:
    store.put(new_file(tmp_path))
    damage(store.path(HASH), content)
    reader = store if is_known else LocalAssetStore(tmp_path / "assets")

    with pytest.raises(AssetMissing, match=f"the file of {len(content)} bytes is damaged"):
        reader.open(HASH)


class Counting(LocalAssetStore):
    """Counts how often a file is read to be hashed."""

    reads = 0

    def _read(self, place: Path, sha256: str, look: Look) -> None:
        self.reads += 1
        super()._read(place, sha256, look)


def test_a_file_is_hashed_once_until_it_changes(tmp_path: Path) -> None:
    LocalAssetStore(tmp_path / "assets").put(new_file(tmp_path))
    store = Counting(tmp_path / "assets")
    for _ in range(3):
        place = store.path(HASH)
    before = store.reads

    os.utime(place)
    store.path(HASH)

    assert (before, store.reads) == (1, 2)


def test_what_is_known_of_files_does_not_grow_without_end(tmp_path: Path) -> None:
    store = Counting(tmp_path / "assets")
    store.most_known = 2
    hashes = [store.put(new_file(tmp_path, content))[0] for content in (b"a", b"b", b"c")]

    for sha256 in (*hashes, hashes[-1], hashes[0]):
        store.path(sha256)

    assert store.reads == 4


def test_a_file_that_the_disk_cannot_read_is_damaged(store: LocalAssetStore, tmp_path: Path) -> None:
    store.put(new_file(tmp_path))
    place = store.path(HASH)
    place.unlink()
    place.symlink_to("/proc/self/mem")  # Linux answers a read of its first byte with an input/output error

    with pytest.raises(AssetMissing, match="the disk cannot read it"):
        store.path(HASH)


def test_what_is_no_file_at_all_is_not_called_a_damaged_one(store: LocalAssetStore, tmp_path: Path) -> None:
    store.put(new_file(tmp_path))
    place = store.path(HASH)
    place.unlink()
    place.mkdir()

    with pytest.raises(IsADirectoryError):
        store.path(HASH)


def test_a_damaged_file_is_replaced_when_its_content_comes_again(
    store: LocalAssetStore, tmp_path: Path
) -> None:
    store.put(new_file(tmp_path))
    damage(store.path(HASH), b"b" + CONTENT[1:])

    store.put(new_file(tmp_path))

    assert store.path(HASH).read_bytes() == CONTENT


def test_a_process_that_is_killed_while_it_keeps_a_file_leaves_nothing_under_a_name(tmp_path: Path) -> None:
    source, root = tmp_path / "slow", tmp_path / "assets"
    os.mkfifo(source)
    code = "import sys, pathlib; from postengine.adapters.assets.local import LocalAssetStore as Store; "
    code += "Store(pathlib.Path(sys.argv[1])).put(pathlib.Path(sys.argv[2]))"
    process = subprocess.Popen([sys.executable, "-c", code, str(root), str(source)])
    with source.open("wb") as slow:  # opened once the other side reads
        slow.write(CONTENT[: len(CONTENT) // 2])
        slow.flush()
        process.kill()
        process.wait(30)

    left = [file.parent.name for file in root.rglob("*") if file.is_file()]

    assert left == ["making"]
    with pytest.raises(AssetMissing, match="there is none"):
        LocalAssetStore(root).path(HASH)


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
