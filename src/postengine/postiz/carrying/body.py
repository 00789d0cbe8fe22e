"""Collecting the body of an answer, which may neither be huge, nor become so when it is unpacked."""

from __future__ import annotations

import zlib

LONGEST_ANSWER_BYTES = 20 * 1024 * 1024

# zlib's window bits: 16 more for gzip's header.
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class BodyUnreadable(ValueError):
    """The body is too long, or not in the encoding that its header names."""


class Body:
    """Unpacks a body piece by piece and stops as soon as it is too long.

    Args:
        encoding: The `Content-Encoding`; empty for none.
        longest: Bytes after unpacking that are accepted.
    """

    def __init__(self, encoding: str = "", longest: int = LONGEST_ANSWER_BYTES) -> None:
        self._encoding = encoding.strip().lower()
        self._longest = longest
        self._bytes = bytearray()
        self._has_begun = False
        bits = _WINDOW_BITS.get(self._encoding)
        self._unpack = None if bits is None else zlib.decompressobj(bits)

    def __bytes__(self) -> bytes:
        return bytes(self._bytes)

    def take(self, piece: bytes) -> None:
        """Add a piece as it came.

        Raises:
            BodyUnreadable: It is too long now, or cannot be unpacked.
        """
        self._has_begun = self._has_begun or bool(piece)
        if self._unpack is None:
            if self._encoding not in {"", "identity"}:
                raise BodyUnreadable("cannot be decoded")
            self._bytes += piece
        else:
            try:
                # One byte more than is accepted shows that there is more; a bomb is never unpacked whole.
                self._bytes += self._unpack.decompress(piece, self._longest - len(self._bytes) + 1)
            except zlib.error as error:
                raise BodyUnreadable("cannot be decoded") from error
        if len(self._bytes) > self._longest:
            raise BodyUnreadable("is longer than 20 MiB")

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            BodyUnreadable: It was packed and its end is missing.
        """
        if self._unpack is not None and self._has_begun and not self._unpack.eof:
            raise BodyUnreadable("cannot be decoded")
        return bytes(self._bytes)
