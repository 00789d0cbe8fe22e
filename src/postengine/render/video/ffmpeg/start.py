"""Starting, bounding and ending a process and what it starts in turn."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Literal

from postengine.render.errors import FfmpegMissing
from postengine.render.video.limits import VideoLimits

from .lifeline import Lifeline

PipeName = Literal["stdin", "stdout"]

_MOST_CPU_S = 4 * 3600
"""The kernel's word, if this process should fail to end a child in time."""
_NO_PROGRAM = frozenset({errno.ENOENT, errno.EACCES, errno.ENOTDIR, errno.ENOEXEC})


def started(
    program: str, arguments: list[str], pipe: PipeName, lifeline: Lifeline
) -> subprocess.Popen[bytes]:
    """Start ffmpeg in a session and process group of its own.

    Raises:
        FfmpegMissing: It cannot be started.
    """
    feeds = pipe == "stdin"
    try:
        return subprocess.Popen(
            [program, *arguments],
            bufsize=0,
            stdin=subprocess.PIPE if feeds else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if feeds else subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            pass_fds=(lifeline.inherited,),
        )
    except OSError as error:
        if error.errno in _NO_PROGRAM:
            raise FfmpegMissing(program) from error
        raise


def limit(pid: int, limits: VideoLimits) -> None:
    """Bound what the process may write to one file and how much of a processor it may take; Linux only."""
    if sys.platform == "linux":
        for kind, most in (
            (resource.RLIMIT_FSIZE, limits.output_bytes),
            (resource.RLIMIT_CPU, _MOST_CPU_S),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ProcessLookupError):  # it has ended already
                _, hard = resource.prlimit(pid, kind)
                least = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.prlimit(pid, kind, (least, least))


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill the group, of which others may be left, and take the exit code."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
