"""Sound read in any amounts, kept, and played in rounds."""

from __future__ import annotations

from collections.abc import Generator
from io import BytesIO
from itertools import islice

import numpy as np

from postengine.render.video.sound.samples import Samples, silence
from postengine.render.video.sound.spool import in_rounds, played, recorded
from postengine.render.video.sound.tape import Tape

RAMP = np.arange(20, dtype=np.float32).reshape(10, 2)


def blocks() -> Generator[Samples]:
    yield RAMP[:4]
    yield RAMP[4:]


def test_silence_comes_in_seconds() -> None:
    assert [len(block) for block in silence(50_000)] == [48_000, 2_000]


def test_a_tape_gives_what_is_asked_for_wherever_blocks_end() -> None:
    tape = Tape(blocks())

    read = [tape.read(count) for count in (1, 2, 3, 0, 4)]

    assert [len(part) for part in read] == [1, 2, 3, 0, 4]
    assert (np.concatenate(read) == RAMP).all()


def test_a_tape_is_silent_after_its_end() -> None:
    tape = Tape(blocks())

    read = np.concatenate([tape.read(8), tape.read(8), tape.read(8)])

    assert (read[:10] == RAMP).all()
    assert not read[10:].any()


def test_what_was_recorded_is_played_as_often_as_wanted() -> None:
    spool = BytesIO()

    through = list(recorded(blocks(), spool))

    assert (np.concatenate(through) == RAMP).all()
    for _ in range(2):
        assert (np.concatenate(list(played(spool))) == RAMP).all()


def test_rounds_follow_each_other_without_a_gap() -> None:
    heard = np.concatenate(list(islice(in_rounds(blocks(), BytesIO()), 4)))

    assert (heard == np.concatenate([RAMP, RAMP, RAMP])).all()


def test_rounds_of_nothing_end() -> None:
    def nothing() -> Generator[Samples]:
        yield RAMP[:0]

    assert sum(len(block) for block in in_rounds(nothing(), BytesIO())) == 0
