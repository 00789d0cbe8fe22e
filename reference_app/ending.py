"""Being told to end, by SIGTERM or SIGINT, at any moment and without losing what is in hand."""

from __future__ import annotations

import atexit
import os
import select
import signal
from types import FrameType

_TELLING = (signal.SIGTERM, signal.SIGINT)


class Ending:
    """Hears SIGTERM and SIGINT from here on, until the process is gone; make one, in the main thread.

    Nothing is broken off: a wait returns, and work in hand goes on until its next wait. Any further signal
    changes nothing. An inherited "ignore" is overruled, as a shell gives it to what it starts with `&`.
    """

    def __init__(self) -> None:
        # The interpreter writes a byte at each signal, and nobody reads it: told once is told for good.
        # Not an event that a handler sets: its lock may be held by the very wait that the handler interrupts.
        self._told, writes = os.pipe()
        os.set_blocking(writes, False)
        signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
        for number in _TELLING:
            signal.signal(number, _go_on)
        atexit.register(_ignore)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until told, or for `timeout_s` seconds; return whether it has been told, now or earlier."""
        return bool(select.select([self._told], [], [], timeout_s)[0])


def _go_on(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that is the byte's part."""


def _ignore() -> None:
    """Keep a late signal from killing what has ended well: the interpreter drops handlers before its end."""
    for number in _TELLING:
        signal.signal(number, signal.SIG_IGN)
