"""A file that tells how much of it has been read."""

from __future__ import annotations

import io
import os
from typing import IO, TYPE_CHECKING

from postengine.postiz.call import Progress

if TYPE_CHECKING:
    from typing_extensions import Buffer  # in collections.abc from Python 3.12 on

_PIECE_BYTES = 65_536


def counted(file: IO[bytes], progress: Progress) -> io.BufferedReader:
    """Return a reader of `file` that tells `progress` after each piece of at most 64 KiB.

    Args:
        file: Seekable, in binary mode; read from its start. It is not closed with the reader.
        progress: Told `(read_bytes, total_bytes)`.
    """
    return io.BufferedReader(_Counted(file, progress), _PIECE_BYTES)


class _Counted(io.RawIOBase):
    """The raw side of the reader."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        super().__init__()
        self._file = file
        self._progress = progress
        self._total = file.seek(0, os.SEEK_END)
        file.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Buffer) -> int:
        target = memoryview(buffer)
        piece = self._file.read(len(target))
        target[: len(piece)] = piece
        if piece:
            self._progress(self._file.tell(), self._total)
        return len(piece)
