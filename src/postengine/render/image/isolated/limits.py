"""What binds a child to its parent: its memory, its signals, and that it does not outlive it."""

from __future__ import annotations

import fcntl
import os
import resource
import select
import signal
from pathlib import Path


def limit_memory(mib: int) -> None:
    """Let this process take no more than `mib` of data; what asks for more gets MemoryError, or aborts.

    The address space (RLIMIT_AS) would be the wrong measure: it counts mapped libraries and what threads
    only reserve, five times what is used.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (mib << 20, mib << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_signals_to_the_parent() -> None:
    """Ignore what a terminal or a supervisor sends to all: the parent hears it too and decides."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def die_with_the_parent(lifeline: int) -> None:
    """Have the kernel end this process when the other end of a pipe closes, whatever it is doing then.

    A thread that reads the pipe would wait for a hanging call that holds the interpreter's lock, and
    PR_SET_PDEATHSIG fires as soon as the thread that started this process ends, long before its parent.

    Raises:
        EOFError: It is closed already.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        raise EOFError


def resident_mib(pid: int) -> float:
    """Return the memory that a process occupies; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(pages) * resource.getpagesize() / (1 << 20)
