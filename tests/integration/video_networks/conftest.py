"""Short videos of every kind, made by the ffmpeg that the tests run with."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from postengine.render.video.ffmpeg.program import default_program

# The index first, no edit lists; without negative offsets, the first picture would last longer instead.
_PLAIN = ("-movflags", "+faststart+negative_cts_offsets", "-use_editlist", "0")

Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a function that makes a video in the test's folder."""
    return lambda name, *options, **what: make(tmp_path / name, *options, **what)


def make(
    path: Path,
    *options: str,
    size: str = "64x114",
    seconds: float = 1.0,
    fps: int = 30,
    picture: str = "testsrc2",
    sound: str = "anullsrc=r=48000:cl=stereo",
) -> Path:
    """Make a plain video: H.264, AAC, index first, no edit lists; `options` of the output change it.

    Args:
        path: Where to; its ending says the format.
        options: Of ffmpeg's output.
        size: Such as `64x114`.
        seconds: Its length.
        fps: Frames a second.
        picture: A source of ffmpeg's `lavfi`, without arguments.
        sound: A source of ffmpeg's `lavfi`.
    """
    pictures = f"{picture}=s={size}:r={fps}"
    command = [default_program(), "-y", "-loglevel", "error", "-f", "lavfi", "-i", pictures]
    command += ["-f", "lavfi", "-i", sound, "-t", f"{seconds}", "-pix_fmt", "yuv420p", "-preset", "ultrafast"]
    command += ["-bf", "0", "-flags:v", "+cgop", *_PLAIN, *options]
    subprocess.run([*command, str(path)], check=True, timeout=60)
    return path


def turn(path: Path, out: Path, degrees: int, *more: str) -> Path:
    """Copy a video with a note that it is to be turned, counter-clockwise."""
    command = [default_program(), "-y", "-loglevel", "error", "-display_rotation", f"{degrees}", *more]
    subprocess.run([*command, "-i", str(path), "-c", "copy", str(out)], check=True, timeout=60)
    return out
