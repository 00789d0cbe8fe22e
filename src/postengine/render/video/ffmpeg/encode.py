"""Encoding frames as H.264: the picture of a video, without its sound."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from postengine.render.image.geometry import Size
from postengine.render.video.frame import Frame
from postengine.render.video.limits import VideoLimits

from .graph import Option, arguments, opened
from .process import fed

# Colour is told on the raw input: as options of the output, ffmpeg 9 ignores primaries and transfer.
_BT709: dict[str, Option] = {
    "color_range": "tv",
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
}


@dataclass(frozen=True)
class EncodeSettings:
    """How frames are encoded.

    Attributes:
        size: Of each frame, both sides even.
        fps: Frames a second.
        frames: How many will come; more are not taken.
        quality: x264's constant rate factor: lower is better and larger.
        max_rate_kbps: No second of the video takes more, so that the file is never larger than its length
            times this; None lets `quality` alone decide.
        gop_s: A player can begin anew at least so often.
        preset: x264's name for how hard it tries.
        profile: Of H.264.
    """

    size: Size
    fps: int
    frames: int
    quality: int = 20
    max_rate_kbps: int | None = None
    gop_s: float = 2.0
    preset: str = "veryfast"
    profile: str = "high"


def encode(
    frames: Iterable[Frame],
    out: Path,
    settings: EncodeSettings,
    *,
    program: str,
    limits: VideoLimits,
    on_frame: Callable[[int], None] | None = None,
) -> None:
    """Encode frames into an MP4 without sound at `out`.

    The same frames and settings give the same bytes. What `frames` or `on_frame` raises ends ffmpeg at once.

    Args:
        frames: As many as the settings say, each of their size; a generator is closed in the end.
        out: A temporary name: a failure leaves a part behind.
        settings: How.
        program: Path of ffmpeg.
        limits: Of bytes and patience.
        on_frame: Called after each frame with how many ffmpeg has.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It took no frame for `limits.stall_s`.
        FfmpegKilled: A signal ended it.
        FfmpegFailed: It gave up.
        RenderOutOfSpace: The disk is full.
        MediaTooLarge: `out` would be larger than `limits.output_bytes`.
    """
    try:
        planes = ([np.ascontiguousarray(plane).data for plane in frame.planes] for frame in frames)
        fed(program, encode_arguments(out, settings), planes, limits=limits, out=out, on_chunk=on_frame)
    finally:
        if isinstance(frames, Generator):
            frames.close()


def encode_arguments(out: Path, settings: EncodeSettings) -> list[str]:
    """Return the arguments to encode raw yuv420p frames from standard input."""
    raw = opened(
        "pipe:0",
        f="rawvideo",
        pix_fmt="yuv420p",
        s=f"{settings.size.width}x{settings.size.height}",
        framerate=settings.fps,
        **_BT709,
    )
    options: dict[str, Option] = {
        "vcodec": "libx264",
        "preset": settings.preset,
        "crf": settings.quality,
        "pix_fmt": "yuv420p",
        "profile:v": settings.profile,
        "g": round(settings.fps * settings.gop_s),
        "frames:v": settings.frames,
        **_capped(settings.max_rate_kbps),
        # Networks ask for closed groups of pictures and no edit lists.
        "flags:v": "+bitexact+cgop",
        "fflags": "+bitexact",
        "movflags": "+negative_cts_offsets",
        "use_editlist": 0,
        "map_metadata": -1,
        # Half of what the preset looks ahead: 50 MiB less memory at 1080x1920, smaller files, less work; the
        # little that this costs in likeness is what `quality` gives back.
        "rc-lookahead": 5,
        # One thread: less work in all, and the same bytes on every machine.
        "threads": 1,
        "f": "mp4",
    }
    return arguments([raw.video], out.absolute(), options)


def _capped(max_rate_kbps: int | None) -> dict[str, Option]:
    """Return a cap with a buffer of one second."""
    return {} if max_rate_kbps is None else {"maxrate": f"{max_rate_kbps}k", "bufsize": f"{max_rate_kbps}k"}
