"""What this package encodes is taken by the networks, and stays within their sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from postengine.render.image.geometry import Size
from postengine.render.video.ffmpeg.encode import EncodeSettings, encode
from postengine.render.video.ffmpeg.mux import mux
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.frame import Frame
from postengine.render.video.limits import VideoLimits
from postengine.render.video.networks import PRESETS, check, h264_profile, rate_cap
from postengine.render.video.networks.decoding import decoding_problem
from postengine.render.video.spec import PresetName

from .conftest import make

SECONDS = 4.0
FPS = 24
LIMITS = VideoLimits()


def scene(size: Size, frames: int) -> Iterator[Frame]:
    """Yield a grainy picture that moves sideways."""
    grain = np.random.default_rng(7).integers(90, 130, (size.height, size.width * 2), dtype=np.uint8)
    chroma = np.full((size.height // 2, size.width // 2), 120, dtype=np.uint8)
    for number in range(frames):
        yield Frame(np.ascontiguousarray(grain[:, number * 2 : number * 2 + size.width]), chroma, chroma)


def noise(size: Size, frames: int) -> Iterator[Frame]:
    """Yield the worst that there is for an encoder: nothing is like what was before."""
    source = np.random.default_rng(7)
    chroma = np.full((size.height // 2, size.width // 2), 128, dtype=np.uint8)
    for _ in range(frames):
        yield Frame(source.integers(16, 235, (size.height, size.width), dtype=np.uint8), chroma, chroma)


def written(folder: Path, frames: Iterator[Frame], settings: EncodeSettings) -> Path:
    program = default_program()
    out = folder / "whole.mp4"
    encode(frames, folder / "picture.mp4", settings, program=program, limits=LIMITS)
    seconds = settings.frames / settings.fps
    sound = make(
        folder / "sound.m4a", "-vn", "-b:a", "128k", seconds=seconds, sound="anoisesrc=r=48000:a=0.1"
    )
    mux(folder / "picture.mp4", sound, out, program=program, limits=LIMITS)
    return out


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Size, str], Path]:
    """A video in each size that a preset suggests, and one without what WhatsApp does not play."""
    kinds = {(one.suggested, h264_profile(one.name)) for one in PRESETS.values()}
    made: dict[tuple[Size, str], Path] = {}
    count = round(SECONDS * FPS)
    for size, profile in sorted(kinds):
        settings = EncodeSettings(size, FPS, count, preset="superfast", profile=profile)
        folder = tmp_path_factory.mktemp("own")
        made[size, profile] = written(folder, scene(size, count), settings)
    return made


@pytest.mark.parametrize("name", PRESETS)
def test_a_network_takes_what_is_encoded_for_it(
    name: PresetName, videos: dict[tuple[Size, str], Path]
) -> None:
    preset = PRESETS[name]

    assert check(videos[preset.suggested, h264_profile(name)], name, decode=False) == ()


def test_what_is_encoded_is_decoded_without_an_error(videos: dict[tuple[Size, str], Path]) -> None:
    problems = [decoding_problem(path, program=default_program(), limits=LIMITS) for path in videos.values()]

    assert problems == [None] * 4


@pytest.mark.parametrize(("max_bytes", "seconds"), [(400_000, 4), (1_500_000, 4), (250_000, 2)])
def test_even_noise_stays_within_its_size(tmp_path: Path, max_bytes: int, seconds: int) -> None:
    size, frames = Size(320, 568), seconds * FPS
    cap = rate_cap(None, seconds, max_bytes=max_bytes, size=size)
    settings = EncodeSettings(size, FPS, frames, quality=18, max_rate_kbps=cap)

    path = written(tmp_path, noise(size, frames), settings)

    assert 0.6 * max_bytes < path.stat().st_size <= max_bytes
