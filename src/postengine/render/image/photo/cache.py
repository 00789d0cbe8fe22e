"""Decoded photos, kept while the sizes of one post are cut from them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from postengine.render.errors import PhotoUnreadable
from postengine.render.image.geometry import Size

from .decoding import Decoded, Fit, decode, scale_for
from .limits import PhotoLimits
from .opening import Photo, PhotoSource, open_photo

_ENDS_BYTES = 4096


class _Content:
    """A photo's bytes, told apart by all of them but hashed by their ends, as a hash of all takes long."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._hash = hash((len(data), data[:_ENDS_BYTES], data[-_ENDS_BYTES:]))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self._data == other._data


Key = _Content | tuple[str, int, int]


class PhotoCache:
    """Decoded photos, at most `max_bytes` of them; the one not asked for longest goes first.

    Bytes are known by their content, files by path, time and size.
    Safe to share between threads; two that ask for the same photo decode it once.

    Args:
        max_bytes: Of pixels kept. A photo larger than that is decoded and handed out, but not kept.
        limits: What photos are held to.
    """

    def __init__(self, max_bytes: int = 96 * 1024 * 1024, limits: PhotoLimits | None = None) -> None:
        self.max_bytes = max_bytes
        self._limits = limits or PhotoLimits()
        self._kept: OrderedDict[Key, tuple[Photo, Decoded]] = OrderedDict()
        self._busy: dict[Key, Lock] = {}
        self._lock = Lock()

    @property
    def size_bytes(self) -> int:
        """Bytes of pixels kept now."""
        with self._lock:
            return sum(decoded.size_bytes for _, decoded in self._kept.values())

    def decode_for(self, source: PhotoSource | Photo, sizes: Sequence[Size], fit: Fit = "cover") -> Decoded:
        """Return a photo decoded large enough for all of `sizes`, from memory where it is there.

        Name all sizes of a post at once: a photo that turns out too small for a later one is decoded anew.
        One that was opened is taken as it is, held to what it was opened with.

        Raises:
            PhotoUnreadable: It cannot be used.
        """
        key = _key(source.source if isinstance(source, Photo) else source)
        with self._lock:
            busy = self._busy.setdefault(key, Lock())
        try:
            with busy:
                return self._found(key, sizes, fit) or self._decoded(key, source, sizes, fit)
        finally:
            self._tidy(key)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self._busy.clear()

    def _found(self, key: Key, sizes: Sequence[Size], fit: Fit) -> Decoded | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            photo, decoded = kept
            scale = max(scale_for(photo.upright, size, fit) for size in sizes)
            is_whole = decoded.upright == photo.upright
            if not is_whole and decoded.upright.width < int(photo.upright.width * scale):
                return None
            self._kept.move_to_end(key)
            return decoded

    def _decoded(self, key: Key, source: PhotoSource | Photo, sizes: Sequence[Size], fit: Fit) -> Decoded:
        photo = source if isinstance(source, Photo) else open_photo(source, self._limits)
        decoded = decode(photo, sizes, fit)
        self._keep(key, photo, decoded)
        return decoded

    def _tidy(self, key: Key) -> None:
        """Forget the lock of a photo that was refused or is not kept."""
        with self._lock:
            if key not in self._kept:
                self._busy.pop(key, None)

    def _keep(self, key: Key, photo: Photo, decoded: Decoded) -> None:
        with self._lock:
            self._kept[key] = (photo, decoded)
            self._kept.move_to_end(key)
            total = sum(one.size_bytes for _, one in self._kept.values())
            while total > self.max_bytes:
                gone, (_, dropped) = self._kept.popitem(last=False)
                self._busy.pop(gone, None)
                total -= dropped.size_bytes


def _key(source: PhotoSource) -> Key:
    if isinstance(source, bytes):
        return _Content(source)
    try:
        facts = source.stat()
    except FileNotFoundError as error:
        raise PhotoUnreadable(source, "there is no such file") from error
    return str(source.absolute()), facts.st_mtime_ns, facts.st_size
