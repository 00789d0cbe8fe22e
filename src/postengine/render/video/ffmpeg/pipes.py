"""Moving frames through pipes with as few calls and copies as can be."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer  # in collections.abc from Python 3.12 on

_PIPE_BYTES = 1 << 20
_MOST_BUFFERS = 1024
"""Of one system call (IOV_MAX)."""


def prepare(pipe: int) -> None:
    """Let calls on `pipe` return at once, and hold a third of a large frame instead of 64 KiB."""
    os.set_blocking(pipe, False)
    if sys.platform == "linux":
        # Users other than root may have no allowance left; the pipe then works as it is.
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


class Outgoing:
    """What is still to be written of some buffers."""

    def __init__(self, buffers: Iterable[Buffer]) -> None:
        self._views = [memoryview(buffer).cast("B") for buffer in buffers]

    def __bool__(self) -> bool:
        return bool(self._views)

    def write_to(self, pipe: int) -> None:
        """Write as much as the pipe takes now.

        Raises:
            BlockingIOError: It takes nothing now.
            BrokenPipeError: Nobody reads it any more.
        """
        written = os.writev(pipe, self._views[:_MOST_BUFFERS])
        while self._views and written >= len(self._views[0]):
            written -= len(self._views.pop(0))
        if written:
            self._views[0] = self._views[0][written:]


def fill(pipe: int, space: memoryview) -> int:
    """Read as much as there is now into `space`; return how many bytes, 0 at the end.

    Raises:
        BlockingIOError: There is nothing now.
    """
    return os.readv(pipe, [space])
