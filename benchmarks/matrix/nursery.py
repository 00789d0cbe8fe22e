"""Begins the service's processes in milliseconds: a process that has loaded their modules forks them.

    python -m benchmarks.matrix.nursery

An order is a JSON line `{role, environ, log}`; its answer is the id of the process, which leads a group of
its own and dies with the nursery.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

_PR_SET_PDEATHSIG = 1


class Nursery:
    """A nursery as its user sees it; loading the modules takes it some seconds, once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        with self._process:
            pass

    def begin(self, role: str, environ: Mapping[str, str], log: Path) -> int:
        """Begin a process; return its id."""
        order = json.dumps({"role": role, "environ": dict(environ), "log": os.fspath(log)})
        with self._lock:
            if self._process.stdin is None or self._process.stdout is None:
                raise RuntimeError("the nursery has pipes to both sides")
            self._process.stdin.write(order + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the nursery has ended; see what it said above")
        return int(answer)


def main() -> None:
    """Begin what is ordered until there are no more orders."""
    from .roles import ROLES  # the user of a nursery need not load the service

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: what has ended is gone
    own = os.getpid()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            _settle_in(order, own)
            ROLES[order["role"]]()
            sys.exit(0)
        print(pid, flush=True)


def _settle_in(order: Mapping[str, Any], parent: int) -> None:
    """Become a process of its own, with its own signals, environment and lines."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(order["environ"])


if __name__ == "__main__":
    main()
