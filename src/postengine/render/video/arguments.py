"""ffmpeg's command line, built by ffmpeg-python; its lack of types does not leave this file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from postengine.render.image.geometry import Size

# Neither package has types or stubs, so strict checkers take no import statement.
_ffmpeg: Any = import_module("ffmpeg")
_imageio_ffmpeg: Any = import_module("imageio_ffmpeg")

# Colour is told on the raw input: as options of the output, ffmpeg 9 ignores primaries and transfer.
_BT709 = {
    "color_range": "tv",
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
}

_OUTPUT: dict[str, str | int | None] = {
    "vcodec": "libx264",
    "preset": "veryfast",
    "crf": 22,
    "pix_fmt": "yuv420p",
    "profile:v": "high",
    "acodec": "aac",
    "b:a": "96k",
    "ar": 48000,
    "ac": 2,
    # Networks ask for the index first, closed groups of pictures and no edit lists.
    "flags:v": "+bitexact+cgop",
    "flags:a": "+bitexact",
    "fflags": "+bitexact",
    "movflags": "+faststart+negative_cts_offsets",
    "use_editlist": 0,
    "map_metadata": -1,
    "map_chapters": -1,
    # If the frames end early, because this program died, the silence must not go on without them.
    "shortest": None,
    # One thread: less work in all, and the same bytes on every machine.
    "threads": 1,
    "f": "mp4",
}


def default_program() -> str:
    """Return the path of the ffmpeg that postengine[video] brings.

    Raises:
        RuntimeError: There is none for this machine.
    """
    return str(_imageio_ffmpeg.get_ffmpeg_exe())


def encode_arguments(out: Path, size: Size, fps: int, frames: int) -> list[str]:
    """Return the arguments to encode raw yuv420p frames from standard input, with a silent sound track.

    Args:
        out: Where ffmpeg writes; overwritten.
        size: Of the frames, both even.
        fps: Frames a second.
        frames: How many will come.
    """
    video = _ffmpeg.input(
        "pipe:0", f="rawvideo", pix_fmt="yuv420p", s=f"{size.width}x{size.height}", framerate=fps, **_BT709
    )
    silence = _ffmpeg.input(
        "anullsrc=channel_layout=stereo:sample_rate=48000", f="lavfi", t=f"{frames / fps:.6f}"
    )
    stream = _ffmpeg.output(video["v"], silence["a"], str(out), g=fps * 2, **_OUTPUT)
    quiet = stream.global_args("-hide_banner", "-nostats", "-loglevel", "error")
    return [str(part) for part in _ffmpeg.get_args(quiet, overwrite_output=True)]
