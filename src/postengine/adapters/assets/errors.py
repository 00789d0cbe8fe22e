"""Errors of an asset store.

AssetStoreError
├─ AssetMissing         there is no file under this hash, or it is cut off or damaged
├─ AssetStoreFull       no room on the disk                                     retryable
└─ AssetStoreUnusable   the folder cannot be written to                         retryable
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from postengine.errors import PostEngineError


class AssetStoreError(PostEngineError):
    """A file could not be kept or found."""


class AssetMissing(AssetStoreError):
    """There is no whole file with this content.

    Attributes:
        sha256: The hash that was asked for.
    """

    def __init__(self, sha256: str, found: str) -> None:
        super().__init__(
            f"no file with sha256 {sha256} ({found}); restore it, upload it again, or have it drawn anew"
        )
        self.sha256 = sha256


class AssetStoreFull(AssetStoreError):
    """The disk has no room for the file.

    Attributes:
        size_bytes: Of the file; None where it was not yet known.
    """

    retryable: ClassVar[bool] = True

    def __init__(self, size_bytes: int | None = None) -> None:
        wanted = "the file" if size_bytes is None else f"{size_bytes} bytes"
        super().__init__(f"no room on the disk for {wanted}; free some, and it will be tried again")
        self.size_bytes = size_bytes


class AssetStoreUnusable(AssetStoreError):
    """Nothing can be written to the store's folder: it is not there, not ours, or on a broken disk.

    Attributes:
        folder: Where files are made.
    """

    retryable: ClassVar[bool] = True

    def __init__(self, folder: Path, found: str) -> None:
        super().__init__(f"cannot write to {folder} ({found}); mend it, and it will be tried again")
        self.folder = folder
