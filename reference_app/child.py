"""A child process: started in a group of its own, its lines passed on with its name before them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

_FIRST_WAIT_S = 0.2
_LONGEST_WAIT_S = 10.0
_STEADY_AFTER_S = 30.0


@dataclass(slots=True)
class Child:
    """A program that is kept running.

    Attributes:
        restarts: How often it was started again.
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    write: Callable[[str], None]
    restarts: int = 0
    _process: subprocess.Popen[str] | None = None
    _reader: threading.Thread | None = None
    _started_at: float = 0.0
    _wait_s: float = _FIRST_WAIT_S
    _restart_at: float | None = field(default=None)

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return None if self._process is None or self._process.poll() is not None else self._process.pid

    def start(self) -> None:
        """Start it; it gets SIGTERM if this process dies."""
        tether = [sys.executable, "-m", "reference_app.tether", str(os.getpid())]
        self._process = subprocess.Popen(
            [*tether, *self.command],
            env=dict(self.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            errors="replace",
        )
        self._started_at = time.monotonic()
        self._reader = threading.Thread(target=self._pass_on, args=(self._process,), daemon=True)
        self._reader.start()

    def keep_up(self) -> None:
        """Start it again if it has ended, after a wait that doubles while it does not stay up."""
        process, now = self._process, time.monotonic()
        if process is None or process.poll() is None:
            return
        if self._restart_at is None:
            self.signal(signal.SIGKILL)  # what it left behind in its group
            if now - self._started_at >= _STEADY_AFTER_S:
                self._wait_s = _FIRST_WAIT_S
            self.write(
                f"supervisor | {self.name} ended ({process.returncode}), again in {self._wait_s:.1f} s"
            )
            self._restart_at = now + self._wait_s
            self._wait_s = min(self._wait_s * 2, _LONGEST_WAIT_S)
        elif now >= self._restart_at:
            self._restart_at = None
            self.restarts += 1
            self.start()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and all that it has started."""
        if self._process is not None:
            with suppress(ProcessLookupError):  # they have all ended
                os.killpg(self._process.pid, number)

    def end(self) -> None:
        """Ask it to end, once: the leader passes it on to its own."""
        if self.pid is not None and self._process is not None:
            self._process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end until the monotonic instant `until`; then it is killed."""
        if self._process is None:
            return
        try:
            self._process.wait(max(until - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            self.write(f"supervisor | {self.name} did not end in time and is killed")
        self.signal(signal.SIGKILL)
        self._process.wait()
        if self._reader is not None:
            self._reader.join(1.0)

    def _pass_on(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            with process.stdout as lines:
                for line in lines:
                    self.write(f"{self.name} | {line.rstrip()}")
