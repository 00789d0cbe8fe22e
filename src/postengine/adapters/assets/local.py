"""Files on a local disk, by the hash of their content."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .errors import AssetMissing, AssetStoreFull, AssetStoreUnusable

_BLOCK_BYTES = 1 << 20
_READ_ONLY = 0o444
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class Look(NamedTuple):
    """What a file system tells of a file without reading it; it changes with each write."""

    inode: int
    size_bytes: int
    modified_ns: int
    changed_ns: int


class LocalAssetStore:
    """Keeps each file once, read-only, as `ab/cdef…`; implements `AssetStore`.

    A file is written under a temporary name on the same disk, brought to the disk, and then given its
    name in one step: a crash leaves no part of a file under a name. What the disk does to it later is found
    when it is read: its content is hashed once in each process, and again when the file has changed.

    Args:
        root: A folder; it is made if need be.

    Attributes:
        most_known: Of how many files it is remembered that they are whole.
    """

    most_known = 20_000

    def __init__(self, root: Path) -> None:
        self._root = root
        self._making = root / "making"
        self._making.mkdir(parents=True, exist_ok=True)
        self._whole: dict[str, Look] = {}

    def put(self, file: Path) -> tuple[str, int]:
        """Keep the file, which is gone from its place afterwards; return its sha256 and size in bytes.

        Raises:
            AssetStoreFull: The disk has no room; the file is still in its place.
            AssetStoreUnusable: The folder cannot be written to; the file is still in its place.
        """
        with self._temporary(file.stat().st_size) as copy:
            sha256, size = _copy(file, copy)
            target = self._place(sha256)
            if not self._is_whole(sha256):
                target.parent.mkdir(exist_ok=True)
                copy.chmod(_READ_ONLY)
                copy.replace(target)
                _sync_folder(target.parent)
        file.unlink()
        return sha256, size

    def path(self, sha256: str) -> Path:
        """Return the file's path, for reading.

        Raises:
            AssetMissing: There is no such file, or its content is another one: it is cut off, or the disk has
                damaged it.
        """
        place = self._place(sha256)
        try:
            look = _look(place)
            if self._whole.get(sha256) != look:
                self._read(place, sha256, look)
        except FileNotFoundError as error:
            raise AssetMissing(sha256, "there is none") from error
        return place

    def open(self, sha256: str) -> BinaryIO:
        """Open the file for reading.

        Raises:
            AssetMissing: As `path`.
        """
        return self.path(sha256).open("rb")

    def verify(self, sha256: str) -> None:
        """Read the whole file and compare its hash, whatever was read before.

        Raises:
            AssetMissing: As `path`.
        """
        self._whole.pop(sha256, None)
        self.path(sha256)

    @contextmanager
    def workspace(self) -> Generator[Path]:
        """Give a folder for files in the making, on the same disk; it is removed at the end.

        Raises:
            AssetStoreFull: The disk has no room for what is written there.
            AssetStoreUnusable: The folder cannot be made.
        """
        with self._beginning():
            folder = tempfile.TemporaryDirectory(dir=self._making)
        with folder as name, _room():
            yield Path(name)

    @contextmanager
    def _temporary(self, size: int) -> Generator[Path]:
        """Give a path for a copy of `size` bytes; what is left there at the end is removed."""
        with self._beginning(size):
            handle, name = tempfile.mkstemp(dir=self._making)
        os.close(handle)
        copy = Path(name)
        try:
            with _room(size):
                yield copy
        finally:
            copy.unlink(missing_ok=True)

    @contextmanager
    def _beginning(self, size: int | None = None) -> Generator[None]:
        """Say of a folder in which nothing can be begun what is wrong with it."""
        try:
            with _room(size):
                yield
        except OSError as error:
            raise AssetStoreUnusable(self._making, error.strerror or type(error).__name__) from error

    def _is_whole(self, sha256: str) -> bool:
        try:
            self.verify(sha256)
        except AssetMissing:
            return False
        return True

    def _read(self, place: Path, sha256: str, look: Look) -> None:
        """Hash the content, and remember how the file looked if it is whole."""
        try:
            with place.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            raise AssetMissing(sha256, "the disk cannot read it") from error
        if found != sha256:
            raise AssetMissing(sha256, f"the file of {look.size_bytes} bytes is damaged")
        if len(self._whole) >= self.most_known:
            self._whole.clear()
        self._whole[sha256] = look

    def _place(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise AssetMissing(sha256, "a hash has 64 digits from 0 to f")
        return self._root / sha256[:2] / sha256[2:]


def _look(file: Path) -> Look:
    found = file.stat()
    return Look(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@contextmanager
def _room(size: int | None = None) -> Generator[None]:
    """Turn the disk's word for "full" into ours; `size` is the file's, in bytes, where it is known."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise AssetStoreFull(size) from error
        raise


def _copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy the content to the disk itself; return its hash and size in bytes."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK_BYTES):
            digest.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
        return digest.hexdigest(), writing.tell()


def _sync_folder(folder: Path) -> None:
    """Bring the folder's list of names to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
