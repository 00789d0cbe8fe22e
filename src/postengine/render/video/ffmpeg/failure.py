"""What went wrong when ffmpeg ended, as an error of this package."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

from postengine.render.errors import (
    FfmpegFailed,
    FfmpegKilled,
    FfmpegStalled,
    MediaTooLarge,
    RenderError,
    RenderOutOfSpace,
)
from postengine.render.video.limits import VideoLimits

_FULL = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT))
_TAIL = 2000


def failure(returncode: int, said: str, *, limits: VideoLimits, out: Path | None) -> RenderError:
    """Return the error for an ffmpeg that ended by itself, or was ended by somebody else.

    Args:
        returncode: Negative for a signal.
        said: What it wrote on its standard error.
        limits: That it ran under.
        out: The file that it wrote, if it wrote one.
    """
    if out is not None and any(words in said for words in _FULL):
        return RenderOutOfSpace(out)
    if out is not None and returncode == -signal.SIGXFSZ:
        return MediaTooLarge("the video's bytes", limit=limits.output_bytes, got=limits.output_bytes + 1)
    if returncode < 0:
        return FfmpegKilled(
            f"Expected ffmpeg to finish, but {_signal_name(-returncode)} ended it; try again.",
            returncode=returncode,
            stderr_tail=_tail(said),
        )
    lines = said.strip().splitlines()
    reason = lines[-1] if lines else "it said nothing"
    return FfmpegFailed(
        f"Expected ffmpeg to finish, but it ended with code {returncode}: {reason}",
        returncode=returncode,
        stderr_tail=_tail(said),
    )


def stalled(said: str, *, limits: VideoLimits) -> FfmpegStalled:
    """Return the error for an ffmpeg that stands still and is about to be killed."""
    return FfmpegStalled(
        f"Expected ffmpeg to go on, but it did nothing for {limits.stall_s:g} s and was killed; try again.",
        returncode=-signal.SIGKILL,
        stderr_tail=_tail(said),
    )


def _tail(said: str) -> str:
    """Return the last words, without the end of a line that began before them."""
    last = said[-_TAIL:]
    return last if last == said else last.partition("\n")[2] or last


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # the real-time signals have no names
        return f"signal {number}"
