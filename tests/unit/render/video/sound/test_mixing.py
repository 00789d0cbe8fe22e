"""All parts together."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

from postengine.render.video.sound.ducking import Play
from postengine.render.video.sound.mixing import mixed
from postengine.render.video.sound.parts import Part, Parts
from postengine.render.video.sound.samples import BLOCK, RATE, Samples
from postengine.render.video.sound.source import SoundFile

FILE = SoundFile(Path("/a.wav"), 2, 60.0, is_told=True)


def ones(part: Part) -> Generator[Samples]:
    left = part.end - part.first
    while left > 0:
        yield np.ones((min(BLOCK, left), 2), np.float32)
        left -= BLOCK


def whole(parts: Parts, count: int, play: Play = ones) -> Samples:
    return np.concatenate(list(mixed(parts, count, play)))


def clips(*parts: Part) -> Parts:
    return Parts(None, (), parts)


def test_a_mix_comes_in_seconds_and_is_as_long_as_asked_for() -> None:
    blocks = list(mixed(clips(), 100_000, ones))

    assert [len(block) for block in blocks] == [48_000, 48_000, 4_000]
    assert not np.concatenate(blocks).any()


def test_a_part_is_heard_in_its_place() -> None:
    mix = whole(clips(Part(FILE, 0.0, 40_000, 120_000)), 150_000)

    assert (np.flatnonzero(mix[:, 0]) == np.arange(40_000, 120_000)).all()
    assert (mix[40_000:120_000] == 1).all()


def test_parts_add_up_at_their_volumes() -> None:
    mix = whole(clips(Part(FILE, 0.0, 0, 1000), Part(FILE, 0.0, 0, 1000, volume_db=-6.0206)), 1000)

    assert mix[500] == pytest.approx([1.5, 1.5], abs=1e-5)


def test_two_parts_that_cross_keep_their_power() -> None:
    before = Part(FILE, 0.0, 0, 2 * RATE, fade_out=RATE)
    after = Part(FILE, 0.0, RATE, 3 * RATE, fade_in=RATE)

    power = sum(np.square(whole(clips(part), 3 * RATE)) for part in (before, after))

    assert power == pytest.approx(np.ones((3 * RATE, 2)), abs=1e-5)


def test_a_fade_ends_in_silence_and_does_not_step() -> None:
    mix = whole(clips(Part(FILE, 0.0, 0, RATE, fade_in=480, fade_out=4800)), RATE)

    assert abs(mix[0, 0]) < 0.01 > abs(mix[-1, 0])
    assert np.abs(np.diff(mix[:, 0])).max() < 0.004
    assert mix[480:43_200] == pytest.approx(np.ones((42_720, 2)))


def test_only_the_music_gives_way() -> None:
    music, voice = Part(FILE, 0.0, 0, RATE), Part(FILE, 0.0, 0, RATE)
    ducking = np.full(50, 0.25)

    mix = np.concatenate(list(mixed(Parts(music, (voice,), ()), RATE, ones, ducking)))

    assert mix == pytest.approx(np.full((RATE, 2), 1.25))


def test_a_file_that_ends_early_is_followed_by_silence() -> None:
    def short(_: Part) -> Generator[Samples]:
        yield np.ones((1000, 2), np.float32)

    mix = whole(clips(Part(FILE, 0.0, 0, 2 * RATE)), 2 * RATE, short)

    assert (mix[:1000] == 1).all()
    assert not mix[1000:].any()


class Desk:
    """Plays ones and counts what is open."""

    def __init__(self) -> None:
        self.open = 0
        self.most = 0

    def play(self, part: Part) -> Generator[Samples]:
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            yield from ones(part)
        finally:
            self.open -= 1


def test_no_more_files_are_open_than_are_heard() -> None:
    desk = Desk()
    scenes = [Part(FILE, 0.0, number * RATE, number * RATE + 5 * RATE // 2) for number in range(20)]

    whole(clips(*scenes), 21 * RATE, desk.play)

    assert desk.most == 2
    assert desk.open == 0


def test_a_mix_that_is_left_closes_its_files() -> None:
    desk = Desk()
    mix = mixed(clips(Part(FILE, 0.0, 0, 10 * RATE)), 10 * RATE, desk.play)
    next(mix)

    mix.close()

    assert desk.most == 1
    assert desk.open == 0
