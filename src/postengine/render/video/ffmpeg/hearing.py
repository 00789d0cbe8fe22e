"""The last words of a process, read from its standard error without ever waiting for them."""

from __future__ import annotations

import os

_KEPT_BYTES = 64 * 1024


class Hearing:
    """Keeps the end of what comes through a pipe.

    Args:
        pipe: Descriptor of the reading end; it no longer blocks.
    """

    def __init__(self, pipe: int) -> None:
        os.set_blocking(pipe, False)
        self.pipe = pipe
        self._kept = bytearray()

    @property
    def text(self) -> str:
        """The last 64 KiB so far."""
        return self._kept.decode(errors="replace")

    def listen(self) -> bool:
        """Read what there is; return False at the end of it."""
        try:
            heard = os.read(self.pipe, _KEPT_BYTES)
        except BlockingIOError:
            return True
        self._kept += heard
        del self._kept[:-_KEPT_BYTES]
        return bool(heard)
