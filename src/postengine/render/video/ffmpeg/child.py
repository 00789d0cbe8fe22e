"""A running ffmpeg that cannot hang this process, outlive it, or fill the disk."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from postengine.render.video.limits import VideoLimits

from .failure import failure, stalled
from .hearing import Hearing
from .lifeline import Lifeline
from .pipes import prepare
from .start import PipeName, end, limit, started

_LOOK_S = 0.005
"""How often the end of a process is looked for once nothing else is to be done."""


@contextmanager
def running(
    program: str,
    arguments: list[str],
    *,
    pipe: PipeName,
    limits: VideoLimits,
    out: Path | None = None,
) -> Generator[Child]:
    """Start ffmpeg in a process group of its own, at the other end of a pipe; kill the group in the end.

    Args:
        program: Path of ffmpeg.
        arguments: Without the program.
        pipe: Whether the pipe is its standard input or its standard output.
        limits: `stall_s`, and `output_bytes`, which the kernel keeps.
        out: The file that it writes, if it writes one.

    Raises:
        FfmpegMissing: It cannot be started.
    """
    with Lifeline() as lifeline:
        process = started(program, arguments, pipe, lifeline)
        try:
            lifeline.tie(process.pid)
            limit(process.pid, limits)
            yield Child(process, limits, out)
        finally:
            end(process)
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    stream.close()


class Child:
    """Waiting for an ffmpeg and hearing what it says meanwhile, so that no pipe of it fills up unseen."""

    def __init__(self, process: subprocess.Popen[bytes], limits: VideoLimits, out: Path | None) -> None:
        self._process = process
        self._limits = limits
        self._out = out
        self._pipe = process.stdin or _there(process.stdout)
        self._stderr = Hearing(_there(process.stderr).fileno())
        self._poll = select.poll()
        self._poll.register(self._stderr.pipe, select.POLLIN)
        self._poll.register(self.pipe, select.POLLOUT if process.stdin else select.POLLIN)
        prepare(self.pipe)

    @property
    def pipe(self) -> int:
        """The descriptor of this process's end; it does not block."""
        return self._pipe.fileno()

    def wait_for_pipe(self) -> None:
        """Return when the pipe can be written or read, or is closed at the other end.

        Raises:
            FfmpegStalled: That did not happen within `stall_s`.
        """
        until = time.monotonic() + self._limits.stall_s
        while self.pipe not in self._news(until - time.monotonic()):
            if time.monotonic() >= until:
                raise stalled(self._stderr.text, limits=self._limits)

    def finish(self, *, has_all: bool = True) -> str:
        """Close the pipe, wait until ffmpeg ends by itself, and return its last words.

        Args:
            has_all: The pipe took, or gave, everything; else it is a failure, whatever ffmpeg says.

        Raises:
            FfmpegStalled: It neither ended nor wrote anything to its file for `stall_s`.
            RenderError: It failed; see `failure`.
        """
        self._poll.unregister(self.pipe)
        self._pipe.close()
        self._wait_for_end()
        end(self._process)
        while self._stderr.pipe in self._news(0.0):
            pass
        if self._process.returncode != 0 or not has_all:
            raise failure(self._process.returncode, self._stderr.text, limits=self._limits, out=self._out)
        return self._stderr.text

    def _wait_for_end(self) -> None:
        seen, until = _touched(self._out), time.monotonic() + self._limits.stall_s
        # Not `wait`: the number must stay taken until the group has been killed.
        while os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            self._news(_LOOK_S)
            if time.monotonic() >= until:
                before, seen, until = seen, _touched(self._out), until + self._limits.stall_s
                if seen == before:
                    raise stalled(self._stderr.text, limits=self._limits)

    def _news(self, timeout_s: float) -> list[int]:
        """Return which descriptors have something, once one has; listen if it is standard error."""
        ready = [number for number, _ in self._poll.poll(max(timeout_s, 0.0) * 1000)]
        if self._stderr.pipe in ready and not self._stderr.listen():
            self._poll.unregister(self._stderr.pipe)
        return ready


def _touched(path: Path | None) -> tuple[int, int]:
    """Return what changes whenever a file is written to."""
    try:
        found = path.stat() if path else None
    except OSError:
        found = None
    return (found.st_size, found.st_mtime_ns) if found else (0, 0)


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("The process was started with a pipe.")
    return pipe
