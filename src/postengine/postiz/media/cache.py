"""Remembering what was uploaded, so that one picture goes up once for many channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Protocol


@dataclass(frozen=True)
class StoredMedia:
    """A file that Postiz has.

    Attributes:
        id: The media's id.
        path: Its absolute URL.
        seen_at: When it was last known to be there, aware.
    """

    id: str
    path: str
    seen_at: datetime


class MediaCache(Protocol):
    """Remembers uploads of an account by their content. Threads share it; none of its methods waits."""

    def get(self, account: str, sha256: str) -> StoredMedia | None:
        """Return what is remembered."""
        ...

    def put(self, account: str, sha256: str, media: StoredMedia) -> None:
        """Remember `media`, in place of what was remembered."""
        ...

    def forget(self, account: str, sha256: str) -> None:
        """Forget it, if it is remembered."""
        ...

    def claim(self, account: str, sha256: str) -> bool:
        """Tell whether the caller may upload it now; nobody else may, until it is released."""
        ...

    def release(self, account: str, sha256: str) -> None:
        """Give the claim back."""
        ...


class InMemoryMediaCache:
    """Remembers the latest uploads of this process.

    Args:
        most: How many; the one that was put first is forgotten first.
    """

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._media: dict[tuple[str, str], StoredMedia] = {}
        self._claimed: set[tuple[str, str]] = set()
        self._lock = Lock()

    def get(self, account: str, sha256: str) -> StoredMedia | None:
        """Return what is remembered."""
        with self._lock:
            return self._media.get((account, sha256))

    def put(self, account: str, sha256: str, media: StoredMedia) -> None:
        """Remember `media`."""
        with self._lock:
            self._media.pop((account, sha256), None)
            self._media[account, sha256] = media
            while len(self._media) > self._most:
                del self._media[next(iter(self._media))]

    def forget(self, account: str, sha256: str) -> None:
        """Forget it, if it is remembered."""
        with self._lock:
            self._media.pop((account, sha256), None)

    def claim(self, account: str, sha256: str) -> bool:
        """Tell whether the caller may upload it now."""
        with self._lock:
            is_free = (account, sha256) not in self._claimed
            self._claimed.add((account, sha256))
            return is_free

    def release(self, account: str, sha256: str) -> None:
        """Give the claim back."""
        with self._lock:
            self._claimed.discard((account, sha256))
