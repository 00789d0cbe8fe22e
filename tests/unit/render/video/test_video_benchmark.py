"""The parts of the benchmark of videos, small and without ffmpeg or a network."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.reels.clock import cpu_of
from benchmarks.reels.scene import reel, write_music
from benchmarks.reels.sharpness import detail
from benchmarks.reels.tracking import Grey, disc_photo, followed, jitter_px
from postengine.render.video.plan import timing_of
from postengine.render.video.spec import video_from

SIZE = (500, 900)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    path = tmp_path_factory.mktemp("discs") / "discs.jpg"
    disc_photo(path, (1000, 1600))
    return Image.open(path).convert("L")


def moved(photo: Image.Image, shake_px: float) -> list[Grey]:
    """Return a pan that is off its way by up to `shake_px`, to either side in turn."""
    starts = [60 + 1.37 * n + shake_px * (-1) ** n for n in range(40)]
    return [
        np.asarray(photo.resize(SIZE, Image.Resampling.BICUBIC, box=(x, 40, x + 500, 940))) for x in starts
    ]


def test_discs_are_followed_as_they_move(photo: Image.Image) -> None:
    tracks = np.array(followed(moved(photo, 0.0)))

    assert tracks.shape[0] == 40
    assert tracks.shape[1] >= 4
    assert np.diff(tracks[:, :, 0], axis=0) == pytest.approx(-1.37, abs=0.05)
    assert np.ptp(tracks[:, :, 1], axis=0).max() < 0.02


def test_an_even_move_has_no_jitter_and_a_shaking_one_has_its_own(photo: Image.Image) -> None:
    assert jitter_px(moved(photo, 0.0)) < 0.02

    # Off by 0.3 px on one of two axes.
    assert jitter_px(moved(photo, 0.3)) == pytest.approx(0.3 / 2**0.5, rel=0.1)


def test_softer_pictures_have_less_detail(photo: Image.Image) -> None:
    sharp = np.asarray(photo)
    soft = np.asarray(photo.resize((500, 800)).resize(photo.size))

    assert detail(soft) < 0.8 * detail(sharp)


def test_the_reel_lasts_15_seconds_and_is_a_value() -> None:
    spec = reel()

    assert timing_of(spec, {}).seconds == 15
    assert video_from(spec.model_dump(mode="json", by_alias=True)) == spec


def test_the_music_is_long_enough(tmp_path: Path) -> None:
    write_music(tmp_path / "music.wav")

    with wave.open(str(tmp_path / "music.wav")) as file:
        assert (file.getnframes() / file.getframerate(), file.getnchannels()) == (20, 2)


def test_work_takes_processor_time() -> None:
    assert cpu_of(lambda: sum(range(2_000_000))) > 0
