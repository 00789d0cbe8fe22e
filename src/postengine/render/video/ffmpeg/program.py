"""Which ffmpeg is run, and whether it can do what videos need."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from shutil import which
from typing import Any

from postengine.render.errors import FfmpegMissing, FfmpegUnfit
from postengine.render.video.limits import VideoLimits

from .process import told

# The package has no types or stubs, so strict checkers take no import statement.
_imageio_ffmpeg: Any = import_module("imageio_ffmpeg")

NEEDED = {
    "encoders": ("aac", "libx264"),
    "decoders": ("aac", "h264", "hevc", "mp3", "rawvideo"),
    "filters": (
        "aformat", "alimiter", "ametadata", "aresample", "asetnsamples", "atrim", "bwdif", "crop", "ebur128",
        "format", "fps", "gblur", "hflip", "lutyuv", "overlay", "scale", "split", "tonemap", "transpose",
        "vflip", "volume", "zscale",
    ),
}  # fmt: skip
"""What ffmpeg must have, by its own names."""


def default_program() -> str:
    """Return the path of the ffmpeg that postengine[video] brings, or of the system's where it brings none.

    Raises:
        FfmpegMissing: There is none for this machine.
    """
    try:
        return str(_imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise FfmpegMissing("ffmpeg") from error


def require_fit(program: str, *, limits: VideoLimits | None = None) -> None:
    """Make sure that ffmpeg has all that videos need; asked once for each state of the file.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegUnfit: It was built without something.
        FfmpegFailed: It does not answer as ffmpeg does.
    """
    lacks = _lacks(program, _state_of(program), limits or VideoLimits())
    if lacks:
        raise FfmpegUnfit(program, lacks)


@lru_cache(maxsize=16)
def _lacks(program: str, _state: tuple[int, int], limits: VideoLimits) -> tuple[str, ...]:
    lacks: list[str] = []
    for kind, names in NEEDED.items():
        there = _names(program, kind, limits)
        lacks += [name for name in names if name not in there]
    return tuple(lacks)


def _names(program: str, kind: str, limits: VideoLimits) -> frozenset[str]:
    """Return the second word of each line, as in ` V....D libx264   libx264 H.264 / AVC …`."""
    text = told(program, ["-hide_banner", f"-{kind}"], limits=limits)
    lines = (line.split() for line in text.splitlines())
    return frozenset(words[1] for words in lines if len(words) > 1)


def _state_of(program: str) -> tuple[int, int]:
    """Return what changes when the program is replaced."""
    path = which(program)
    if path is None:
        raise FfmpegMissing(program)
    found = Path(path).stat()
    return found.st_mtime_ns, found.st_size
