"""Clips made once for all tests, ffmpegs that misbehave, and what becomes of processes."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from postengine.render.image.geometry import Size
from postengine.render.video.ffmpeg.encode import EncodeSettings, encode
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.frame import Frame
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading.clip import clip_frames
from postengine.render.video.reading.probe import VideoInfo, probe
from tests.clips import HEIGHT, WIDTH, make_counting, make_quarters, run_ffmpeg

SMALL = Size(64, 48)
WHOLE = Size(WIDTH, HEIGHT)
PATIENT = VideoLimits(stall_s=20.0)
HASTY = VideoLimits(stall_s=0.5)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `quarters.mp4`, `counting.mp4` (30 frames) and `sound.m4a`."""
    folder = tmp_path_factory.mktemp("clips")
    make_quarters(folder / "quarters.mp4")
    make_counting(folder / "counting.mp4")
    run_ffmpeg("-f", "lavfi", "-i", "sine=r=48000:d=1", "-c:a", "aac", folder / "sound.m4a")
    return folder


def frames(count: int, size: Size = SMALL) -> Iterator[Frame]:
    """Yield grey frames, each a little brighter."""
    for number in range(count):
        yield grey(16 + number * 4 % 220, size)


def grey(level: int, size: Size = SMALL) -> Frame:
    """Return a plain frame."""
    half = np.full((size.height // 2, size.width // 2), 128, np.uint8)
    return Frame(np.full((size.height, size.width), level, np.uint8), half, half)


def encoded(
    out: Path,
    program: str | None = None,
    *,
    count: int = 20,
    limits: VideoLimits = PATIENT,
    on_frame: Callable[[int], None] | None = None,
    max_rate_kbps: int | None = None,
) -> Path:
    """Encode some frames."""
    settings = EncodeSettings(SMALL, 20, count, max_rate_kbps=max_rate_kbps)
    encode(
        frames(count), out, settings, program=program or default_program(), limits=limits, on_frame=on_frame
    )
    return out


def read(
    path: Path,
    *,
    count: int = 10,
    starts_s: float = 0.0,
    fps: int = 30,
    size: Size = WHOLE,
    fit: str = "cover",
    focus: tuple[float, float] = (0.5, 0.5),
    info: VideoInfo | None = None,
    program: str | None = None,
    limits: VideoLimits = PATIENT,
) -> list[Frame]:
    """Return frames of a clip."""
    return list(
        clip_frames(
            path,
            starts_s=starts_s,
            frames=count,
            fps=fps,
            size=size,
            fit="contain" if fit == "contain" else "cover",
            focus=focus,
            info=info or probe(path),
            program=program or default_program(),
            limits=limits,
        )
    )


def script(folder: Path, body: str) -> str:
    """Return a program that stands in for an ffmpeg that misbehaves."""
    path = folder / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked about yet counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_for(condition: Callable[[], bool]) -> None:
    """Return once a condition holds; fail after 20 s."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "It did not come true in 20 s."
        time.sleep(0.005)
