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
from typing import BinaryIO

from .errors import AssetMissing, AssetStoreFull, AssetStoreUnusable

_BLOCK_BYTES = 1 << 20
_READ_ONLY = 0o444
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class LocalAssetStore:
    """Keeps each file once, read-only, as `ab/cdef…`; implements `AssetStore`.

    A file is written under a temporary name on the same disk, brought to the disk, and then given its
    name in one step: a file that is there is whole.

    Args:
        root: A folder; it is made if need be.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._making = root / "making"
        self._making.mkdir(parents=True, exist_ok=True)

    def put(self, file: Path) -> tuple[str, int]:
        """Keep the file, which is gone from its place afterwards; return its sha256 and size in bytes.

        Raises:
            AssetStoreFull: The disk has no room; the file is still in its place.
            AssetStoreUnusable: The folder cannot be written to; the file is still in its place.
        """
        with self._temporary(file.stat().st_size) as copy:
            sha256, size = _copy(file, copy)
            target = self._place(sha256)
            if not target.is_file() or target.stat().st_size != size:
                target.parent.mkdir(exist_ok=True)
                copy.chmod(_READ_ONLY)
                copy.replace(target)
                _sync_folder(target.parent)
        file.unlink()
        return sha256, size

    def path(self, sha256: str) -> Path:
        """Return the file's path, for reading.

        Raises:
            AssetMissing: There is no such file, or it is empty although its hash is not that of nothing.
        """
        place = self._place(sha256)
        try:
            size = place.stat().st_size
        except FileNotFoundError as error:
            raise AssetMissing(sha256, "there is none") from error
        if size == 0 and sha256 != hashlib.sha256().hexdigest():
            raise AssetMissing(sha256, "the file is empty")
        return place

    def open(self, sha256: str) -> BinaryIO:
        """Open the file for reading.

        Raises:
            AssetMissing: As `path`.
        """
        return self.path(sha256).open("rb")

    def verify(self, sha256: str) -> None:
        """Read the whole file and compare its hash.

        Raises:
            AssetMissing: The content is another one: the disk has damaged it.
        """
        with self.path(sha256).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            raise AssetMissing(sha256, "the file is damaged")

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

    def _place(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise AssetMissing(sha256, "a hash has 64 digits from 0 to f")
        return self._root / sha256[:2] / sha256[2:]


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
