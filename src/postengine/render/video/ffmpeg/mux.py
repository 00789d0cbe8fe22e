"""Putting picture and sound together in one MP4, without encoding anything anew."""

from __future__ import annotations

from pathlib import Path

from postengine.render.video.limits import VideoLimits

from .graph import Option, arguments, opened
from .process import fed

_OURS: dict[str, Option] = {"f": "mov", "protocol_whitelist": "file"}

_OUTPUT: dict[str, Option] = {
    "c": "copy",
    # Networks ask for the index first and no edit lists.
    "movflags": "+faststart+negative_cts_offsets",
    "use_editlist": 0,
    "fflags": "+bitexact",
    "flags:v": "+bitexact",
    "flags:a": "+bitexact",
    "map_metadata": -1,
    "map_chapters": -1,
    "f": "mp4",
}


def mux(video: Path, sound: Path, out: Path, *, program: str, limits: VideoLimits) -> None:
    """Copy the picture of one MP4 and the sound of another into a third.

    Args:
        video: As `encode` writes it.
        sound: AAC in an MP4.
        out: A temporary name: a failure leaves a part behind.
        program: Path of ffmpeg.
        limits: Of bytes and patience.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It wrote nothing for `limits.stall_s`.
        FfmpegKilled: A signal ended it.
        FfmpegFailed: It gave up.
        RenderOutOfSpace: The disk is full.
        MediaTooLarge: `out` would be larger than `limits.output_bytes`.
    """
    picture, heard = (opened(f"file:{path.absolute()}", **_OURS) for path in (video, sound))
    options = arguments([picture.video, heard.sound], f"file:{out.absolute()}", _OUTPUT)
    fed(program, options, (), limits=limits, out=out)
