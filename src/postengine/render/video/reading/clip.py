"""The frames of a stretch of a clip, as the video wants them, from an ffmpeg that decodes nothing else."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Literal

import numpy as np

from postengine.render.errors import FfmpegFailed, FfmpegKilled, FfmpegStalled, MediaUnreadable
from postengine.render.image.geometry import Focus, Size
from postengine.render.video.ffmpeg.graph import arguments, opened
from postengine.render.video.ffmpeg.process import drained
from postengine.render.video.frame import Frame
from postengine.render.video.limits import VideoLimits

from .filters import Look, shown
from .info import VideoInfo
from .opening import FORMATS, PROTOCOLS, file_address, require_file

_SAYING = re.compile(r"^\[[^]]* @ 0x[0-9a-f]+\] (.+)$", re.MULTILINE)


def clip_frames(
    path: Path,
    *,
    starts_s: float,
    frames: int,
    fps: int,
    size: Size,
    fit: Literal["cover", "contain"],
    focus: tuple[float, float],
    info: VideoInfo,
    program: str,
    limits: VideoLimits,
) -> Generator[Frame]:
    """Yield frames of a clip: upright, deinterlaced, BT.709, limited range, 8 bits.

    Closing the generator ends ffmpeg; so does the end of this process.

    Args:
        path: The clip.
        starts_s: Where in it they begin.
        frames: How many. The last is repeated for what is missing by rounding.
        fps: Frames a second; the clip's own may be others, or change.
        size: Of each frame, both sides even.
        fit: Fill the picture, or show all of the clip over a blurred picture of itself.
        focus: The point that stays in view, across and down, 0 to 1.
        info: What `probe` says of the clip.
        program: Path of ffmpeg.
        limits: Of pixels and patience.

    Yields:
        Exactly `frames` frames, each in memory of its own.

    Raises:
        MediaUnreadable: The clip is gone, broken, or too short.
        MediaTooLarge: It has more bytes than `limits.source_bytes`.
        FfmpegMissing: ffmpeg cannot be started.
        FfmpegStalled: It gave nothing for `limits.stall_s`.
        FfmpegKilled: A signal ended it.
    """
    require_file(path, limits)
    options = clip_arguments(
        path, info, Look(size, fps, fit, Focus(*focus)), starts_s=starts_s, frames=frames, limits=limits
    )
    got, last = 0, None
    with closing(_decoded(path, options, size, program, limits)) as decoded:
        for last in decoded:
            got += 1
            yield last
    if last is None or frames - got > _allowed(fps):
        raise MediaUnreadable(path, f"it is cut short: {got} of {frames} frames came from {starts_s:g} s on")
    for _ in range(frames - got):
        yield last


def clip_arguments(
    path: Path, info: VideoInfo, look: Look, *, starts_s: float, frames: int, limits: VideoLimits
) -> list[str]:
    """Return the arguments to write raw yuv420p frames to standard output."""
    clip = opened(
        file_address(path),
        protocol_whitelist=PROTOCOLS,
        format_whitelist=FORMATS,
        max_pixels=limits.clip_pixels,
        threads=1,
        noautorotate=None,
        # The frame that is shown at `starts_s` may begin long before it; `fps` leaves out what has passed.
        noaccurate_seek=None,
        ss=f"{starts_s:.6f}",
    )
    return arguments(
        [shown(clip.video, info, look)],
        "pipe:1",
        # A damaged frame is an error: by default ffmpeg goes on and shows what it made of it.
        {
            "f": "rawvideo",
            "pix_fmt": "yuv420p",
            "frames:v": frames,
            "fps_mode": "passthrough",
            "xerror": None,
        },
    )


def _decoded(
    path: Path, options: list[str], size: Size, program: str, limits: VideoLimits
) -> Generator[Frame]:
    raw = drained(program, options, frame_bytes=size.width * size.height * 3 // 2, limits=limits)
    with closing(raw):
        try:
            for one in raw:
                yield _frame(one, size)
        except (FfmpegStalled, FfmpegKilled):
            raise
        except FfmpegFailed as error:
            raise MediaUnreadable(path, f"it is damaged ({_reason(error)})") from error


def _frame(raw: bytearray, size: Size) -> Frame:
    pixels = np.frombuffer(raw, np.uint8)
    whole, half = (size.height, size.width), (size.height // 2, size.width // 2)
    luma, quarter = size.width * size.height, half[0] * half[1]
    y, u, v = np.split(pixels, [luma, luma + quarter])
    return Frame(y.reshape(whole), u.reshape(half), v.reshape(half))


def _allowed(fps: int) -> int:
    """Return how many frames may be missing: a clip's last one may be shown longer than it says."""
    return max(fps // 10, 3)


def _reason(error: FfmpegFailed) -> str:
    """Return the first thing that a part of ffmpeg said, without the part's address."""
    said = _SAYING.search(error.stderr_tail)
    return said[1] if said else f"code {error.returncode}"
