"""The phone's cache of files, filled before the human taps: sharing needs a fresh tap and a file at hand."""

from __future__ import annotations

import hashlib

from .api import AgentApi
from .task import TaskAsset


class NotThePromisedFile(Exception):
    """The download differs from what the task says of it."""


class FileCache:
    """Files by their SHA-256."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def has_all(self, assets: list[TaskAsset]) -> bool:
        """Say whether all of `assets` are at hand."""
        return all(asset.sha256 in self._files for asset in assets)

    def fetch(self, api: AgentApi, asset: TaskAsset) -> bool:
        """Download `asset` unless it is at hand; return whether it was downloaded.

        Raises:
            NotThePromisedFile: Size, hash or ETag differ from the task's.
        """
        if asset.sha256 in self._files:
            return False
        content, etag = api.file(asset.url)
        sha256 = hashlib.sha256(content).hexdigest()
        if (len(content), sha256, etag or sha256) != (asset.bytes, asset.sha256, asset.sha256):
            raise NotThePromisedFile(
                f"{asset.filename}: expected {asset.bytes} bytes with sha256 {asset.sha256}, "
                f"got {len(content)} bytes with sha256 {sha256} and ETag {etag}"
            )
        self._files[sha256] = content
        return True

    def clear(self) -> None:
        """Forget all files."""
        self._files.clear()
