"""What ends ffmpeg when this process dies, whatever either of them is doing then."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from types import TracebackType


class Lifeline:
    """A pipe whose reading end a child inherits and never reads.

    When its writing end closes, and the kernel closes it when this process ends, even by SIGKILL, the kernel
    kills the child's process group. Pipes of frames alone would not do: a child that hangs elsewhere never
    notices that they are closed. No code runs between fork and exec, which would not be safe in a program
    with threads, and PR_SET_PDEATHSIG would fire as soon as the thread that started the child ends.
    """

    def __init__(self) -> None:
        self.inherited, self._ours = os.pipe()

    def __enter__(self) -> Lifeline:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.inherited)
        os.close(self._ours)

    def tie(self, group: int) -> None:
        """Tie a process group, one of which has inherited the reading end, to this process; Linux only.

        Until then, and elsewhere, a child is held by its other pipes alone.
        """
        if sys.platform == "linux":
            fcntl.fcntl(self.inherited, fcntl.F_SETSIG, signal.SIGKILL)
            fcntl.fcntl(self.inherited, fcntl.F_SETOWN, -group)
            flags = fcntl.fcntl(self.inherited, fcntl.F_GETFL)
            fcntl.fcntl(self.inherited, fcntl.F_SETFL, flags | os.O_ASYNC)
