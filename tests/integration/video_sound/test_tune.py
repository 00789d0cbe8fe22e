"""The music that the demo's videos are played with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from examples.demo.tune import RATE, SECONDS, draw_tune, make_tune
from postengine.render.video.spec import Music, Sound
from tests.integration.video_sound.sounds import make, metered, video


def test_the_tune_is_the_same_every_time_and_no_sample_is_clipped(tmp_path: Path) -> None:
    first, second = draw_tune(tmp_path / "a" / "tune.wav"), draw_tune(tmp_path / "b" / "tune.wav")

    tune = make_tune()
    assert first.read_bytes() == second.read_bytes()
    assert tune.shape == (round(SECONDS * RATE), 2)
    assert np.abs(tune).max() == pytest.approx(0.6)


def test_the_tune_begins_and_ends_in_silence_and_never_stops_between() -> None:
    halves = make_tune().reshape(-1, RATE // 2, 2)
    levels = 20 * np.log10(np.sqrt(np.mean(np.square(halves), axis=(1, 2))))

    assert np.abs(make_tune()[[0, -1]]).max() < 1e-3
    assert levels[1:-3].min() > -20
    assert levels[-1] < levels[-3] - 6


def test_the_tune_is_warm_rather_than_shrill() -> None:
    power = np.abs(np.fft.rfft(make_tune()[:, 0])) ** 2
    hertz = np.fft.rfftfreq(round(SECONDS * RATE), 1 / RATE)

    def share(least: float, most: float) -> float:
        return float(power[(hertz >= least) & (hertz < most)].sum() / power.sum())

    assert share(60, 320) == pytest.approx(0.35, abs=0.08)
    assert share(320, 1280) == pytest.approx(0.6, abs=0.08)
    assert share(1280, 5000) == pytest.approx(0.04, abs=0.02)


def test_the_tune_needs_no_force_to_be_as_loud_as_networks_want_it(tmp_path: Path) -> None:
    tune = draw_tune(tmp_path / "tune.wav")

    told = make(video(15, Sound(music=Music(source="tune"))), tmp_path / "track.m4a", tune)

    assert told.is_reached
    assert metered(tmp_path / "track.m4a") == pytest.approx((-14.0, -4.0), abs=0.5)
