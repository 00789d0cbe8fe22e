"""How loud finished tracks are, by meters that the code does not use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from postengine.render.video.sound import Loudness
from postengine.render.video.spec import Music, Sound, Voice
from tests.integration.video_sound.sounds import (
    Sounding,
    chords,
    clicks,
    heard,
    highest_peak_db,
    make,
    metered,
    noise,
    save,
    speech,
    video,
)

MUSIC = Music(source="music", fade_out_s=0.5)

SOUNDS: dict[str, Callable[[], Sounding]] = {
    "noise": lambda: noise(6),
    "chords": lambda: chords(6),
    "speech in mono": lambda: speech(6),
    "quiet": lambda: noise(6) * 0.06,
    "loud": lambda: noise(6) * 2,
    "clipped": lambda: np.clip(noise(6) * 16, -1, 1),
    "shorter than the video": lambda: chords(2.5),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_music_is_as_loud_as_asked_for_and_no_peak_is_too_high(name: str, tmp_path: Path) -> None:
    track = tmp_path / "track.m4a"

    told = make(video(6, Sound(music=MUSIC)), track, save(tmp_path / "music.wav", SOUNDS[name]()))

    loudness, peak = metered(track)
    assert told.is_reached
    assert loudness == pytest.approx(-14.0, abs=0.6)
    assert told.integrated_lufs == pytest.approx(loudness, abs=0.1)
    assert told.true_peak_db == pytest.approx(peak, abs=0.1)
    assert highest_peak_db(heard(track)) <= -0.95


def test_other_aims_are_reached_too(tmp_path: Path) -> None:
    sound = Sound(music=MUSIC, loudness_lufs=-23.0, true_peak_db=-6.0)
    track = tmp_path / "track.m4a"

    told = make(video(6, sound), track, save(tmp_path / "music.wav", speech(6)))

    assert told.is_reached
    assert metered(track)[0] == pytest.approx(-23.0, abs=0.6)
    assert highest_peak_db(heard(track)) <= -5.95


def test_music_and_a_voice_are_loud_together(tmp_path: Path) -> None:
    files = save(tmp_path / "music.wav", chords(6)), save(tmp_path / "voice.wav", speech(3))
    track = tmp_path / "track.m4a"

    told = make(video(6, Sound(music=MUSIC, voices=(Voice(source="voice", at_s=2),))), track, *files)

    assert told.is_reached
    assert metered(track)[0] == pytest.approx(-14.0, abs=0.6)


@pytest.mark.parametrize(("loudness_lufs", "true_peak_db"), [(-10, -1), (-9, -1), (-6, -6)])
def test_an_aim_that_contradicts_itself_is_missed_but_for_the_peak(
    loudness_lufs: float, true_peak_db: float, tmp_path: Path
) -> None:
    sound = Sound(music=MUSIC, loudness_lufs=loudness_lufs, true_peak_db=true_peak_db)
    track = tmp_path / "track.m4a"

    told = make(video(6, sound), track, save(tmp_path / "music.wav", noise(6)))

    assert not told.is_reached
    assert told.integrated_lufs == pytest.approx(metered(track)[0], abs=0.1)
    assert highest_peak_db(heard(track)) <= true_peak_db + 0.05


def test_clicks_cannot_be_that_loud_which_is_told(tmp_path: Path) -> None:
    track = tmp_path / "track.m4a"

    told = make(video(6, Sound(music=MUSIC)), track, save(tmp_path / "music.wav", clicks(6)))

    assert not told.is_reached
    assert told.integrated_lufs == pytest.approx(metered(track)[0], abs=0.1)
    assert highest_peak_db(heard(track)) <= -0.95


def test_next_to_nothing_stays_quiet_which_is_told(tmp_path: Path) -> None:
    track = tmp_path / "track.m4a"

    told = make(video(6, Sound(music=MUSIC)), track, save(tmp_path / "music.wav", noise(6) * 0.008))

    assert not told.is_reached
    assert told.integrated_lufs is not None
    assert -60 < told.integrated_lufs < -20


def test_a_sound_too_short_to_measure_is_kept_and_told(tmp_path: Path) -> None:
    track = tmp_path / "track.m4a"

    told = make(video(0.2, Sound(music=Music(source="music"))), track, save(tmp_path / "music.wav", noise(6)))

    assert told.integrated_lufs is None
    assert told.true_peak_db is not None
    assert not told.is_reached
    assert len(heard(track)) == 9600


def test_silence_is_silent(tmp_path: Path) -> None:
    track = tmp_path / "track.m4a"

    told = make(video(3, Sound(music=MUSIC)), track, save(tmp_path / "music.wav", noise(3) * 0))

    assert told == Loudness(None, None, is_reached=True)
    assert heard(track).shape == (3 * 48_000, 2)
    assert not heard(track).any()
