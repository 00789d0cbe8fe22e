"""Errors of an asset store.

AssetStoreError
├─ AssetMissing     there is no file under this hash, or only a part of it
└─ AssetStoreFull   no room on the disk                                         retryable
"""

from __future__ import annotations

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
            f"no file with sha256 {sha256} ({found}); restore it from a backup, or render it anew"
        )
        self.sha256 = sha256


class AssetStoreFull(AssetStoreError):
    """The disk has no room for the file."""

    retryable: ClassVar[bool] = True

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"no room on the disk for {size_bytes} bytes; free some, and it will be tried again")
        self.size_bytes = size_bytes
