"""Running ffmpeg so that it cannot hang us, outlive us, or pass off half a video as a whole one.

ffmpeg reads frames from a pipe that only this process holds. If this process dies, even by SIGKILL, the
kernel closes the pipe, ffmpeg sees the end of its input and ends too; no signal and no code between fork and
exec is needed, which would not be safe in a program with threads. It runs in a process group of its own, and
a watch kills the group when no frame has been taken for a while.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

from postengine.render.errors import (
    FfmpegFailed,
    FfmpegKilled,
    FfmpegMissing,
    FfmpegStalled,
    RenderError,
    RenderOutOfSpace,
)
from postengine.render.image.geometry import Size

from .arguments import default_program, encode_arguments
from .planes import Frame

STALL_S = 30.0
"""ffmpeg is killed when it takes no frame for so many seconds."""
_TAIL = 2000


def encode(
    frames: Iterable[Frame],
    out: Path,
    *,
    size: Size,
    fps: int,
    count: int,
    program: str | None = None,
    stall_s: float = STALL_S,
) -> None:
    """Encode frames into an MP4 (H.264, silent AAC) at `out`.

    Args:
        frames: `count` of them, each of `size`.
        out: Where ffmpeg writes; a temporary name, since a failure leaves a part behind.
        size: Both sides even.
        fps: Frames a second.
        count: How many frames come.
        program: Path of ffmpeg; None takes the one that came with postengine[video].
        stall_s: Seconds without progress after which ffmpeg is killed.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It took no frame for `stall_s` seconds.
        FfmpegKilled: A signal ended it.
        FfmpegFailed: It gave up.
        RenderOutOfSpace: The disk is full.
    """
    arguments = encode_arguments(out, size, fps, count)
    with (
        tempfile.TemporaryFile() as errors,
        _start(program or default_program(), arguments, errors) as process,
    ):
        with _Watch(process, stall_s) as watch:
            whole = _feed(process, frames, watch)
            process.wait()
        if process.returncode != 0 or not whole:
            raise _failure(process.returncode, _tail(errors), out, stalled=watch.has_fired)


def _start(program: str, arguments: list[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    except (FileNotFoundError, PermissionError) as error:
        raise FfmpegMissing(program) from error


def _feed(process: subprocess.Popen[bytes], frames: Iterable[Frame], watch: _Watch) -> bool:
    """Write all frames; return False if ffmpeg closed the pipe before the last."""
    if process.stdin is None:
        raise AssertionError("The process was started with a pipe.")
    try:
        with process.stdin as pipe:
            for frame in frames:
                watch.beat()
                for plane in frame.planes:
                    pipe.write(plane.data)
    except BrokenPipeError:
        return False
    watch.beat()
    return True


def _failure(returncode: int, tail: str, out: Path, *, stalled: bool) -> RenderError:
    if "No space left on device" in tail or os.strerror(errno.EDQUOT) in tail:
        return RenderOutOfSpace(out)
    if stalled:
        return FfmpegStalled(
            "Expected ffmpeg to take frames, but it stood still and was killed; try again.",
            returncode=returncode,
            stderr_tail=tail,
        )
    if returncode < 0:
        name = signal.Signals(-returncode).name
        return FfmpegKilled(
            f"Expected a video, but ffmpeg was ended by {name}; try again.",
            returncode=returncode,
            stderr_tail=tail,
        )
    lines = tail.strip().splitlines()
    reason = lines[-1] if lines else "it said nothing"
    return FfmpegFailed(
        f"Expected a video, but ffmpeg ended with code {returncode}: {reason}",
        returncode=returncode,
        stderr_tail=tail,
    )


def _tail(errors: IO[bytes]) -> str:
    length = errors.seek(0, os.SEEK_END)
    errors.seek(max(length - _TAIL, 0))
    return errors.read().decode(errors="replace")


class _Watch:
    """Kills a process and its group when `beat` is not called for `stall_s`, or the block is left early."""

    def __init__(self, process: subprocess.Popen[bytes], stall_s: float) -> None:
        self._process = process
        self._stall_s = stall_s
        self._beats = 0
        self._news = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._run, name="ffmpeg-watch", daemon=True)
        self.has_fired = False

    def beat(self) -> None:
        """Say that there was progress."""
        with self._news:
            self._beats += 1
            self._news.notify()

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._news:
            self._over = True
            self._news.notify()
        self._thread.join()
        if kind is not None:
            self._kill()
            self._process.wait()

    def _run(self) -> None:
        with self._news:
            while not self._over:
                seen = self._beats
                self._news.wait(self._stall_s)
                if self._beats == seen and not self._over:
                    self.has_fired = True
                    self._kill()
                    return

    def _kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
