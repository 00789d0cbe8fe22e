"""How the music gives way to voices."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from postengine.render.video.sound.ducking import curve_of, ducking_of, is_spoken
from postengine.render.video.sound.parts import Part, Parts
from postengine.render.video.sound.samples import BLOCK, Samples, silent
from postengine.render.video.sound.source import SoundFile

FILE = SoundFile(Path("/a.wav"), 2, 60.0, is_told=True)
MUSIC = Part(FILE, 0.0, first=0, end=10 * 48_000)
VOICE = Part(FILE, 0.0, first=4 * 48_000, end=6 * 48_000)
TWELVE_DB = 10 ** (-12 / 20)


def block(level: float) -> Samples:
    return np.full((BLOCK, 2), level, np.float32)


def speech(blocks: int) -> NDArray[np.bool_]:
    return np.ones(blocks, np.bool_)


def test_loud_blocks_are_speech_and_the_room_between_them_is_not() -> None:
    assert is_spoken([block(0.3), block(0.002), block(0.1), silent(0)]).tolist() == [True, False, True, False]


def test_a_voice_that_is_nothing_but_a_hum_of_the_room_is_no_speech() -> None:
    assert not is_spoken([block(0.001)] * 5).any()


def test_an_empty_voice_is_no_speech() -> None:
    assert is_spoken([]).tolist() == []


def test_music_is_down_before_the_first_word_and_up_after_the_last() -> None:
    curve = curve_of([(200, speech(100))], 12.0, 500)

    assert curve[200:300] == pytest.approx(np.full(100, TWELVE_DB))
    assert curve[180] > curve[195] > curve[199] * 0.99
    assert curve[170] == curve[360] == 1.0


def test_music_never_steps() -> None:
    curve = curve_of([(200, speech(100))], 12.0, 500)

    assert np.abs(np.diff(20 * np.log10(curve))).max() < 1.1


def test_music_stays_down_between_words() -> None:
    words = np.concatenate([speech(20), ~speech(20), speech(20)])

    assert curve_of([(100, words)], 12.0, 500)[100:160] == pytest.approx(np.full(60, TWELVE_DB))


def test_voices_together_take_no_more_than_one() -> None:
    curve = curve_of([(0, speech(100)), (50, speech(100))], 6.0, 200)

    assert curve.min() == pytest.approx(10 ** (-6 / 20))


def test_a_voice_at_both_ends_keeps_the_music_down_there() -> None:
    curve = curve_of([(0, speech(300))], 12.0, 100)

    assert curve == pytest.approx(np.full(100, TWELVE_DB))


def test_a_curve_is_as_long_as_a_short_video() -> None:
    assert len(curve_of([(0, speech(1))], 12.0, 3)) == 3


def test_the_voices_are_listened_to_in_their_places() -> None:
    def play(part: Part) -> Generator[Samples]:
        assert part is VOICE
        yield from [block(0.3)] * 100

    curve = ducking_of(Parts(MUSIC, (VOICE,), ()), 12.0, 10 * 48_000, play)

    assert curve is not None
    assert len(curve) == 500
    assert curve[250] == pytest.approx(TWELVE_DB)
    assert curve[0] == 1.0


@pytest.mark.parametrize(
    ("parts", "depth_db"),
    [(Parts(None, (VOICE,), ()), 12.0), (Parts(MUSIC, (), ()), 12.0), (Parts(MUSIC, (VOICE,), ()), 0.0)],
)
def test_nothing_is_listened_to_where_nothing_gives_way(parts: Parts, depth_db: float) -> None:
    def play(part: Part) -> Generator[Samples]:
        raise AssertionError(part)

    assert ducking_of(parts, depth_db, 48_000, play) is None
