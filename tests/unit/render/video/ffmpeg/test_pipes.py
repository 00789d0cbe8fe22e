from __future__ import annotations

import os
from collections.abc import Generator

import numpy as np
import pytest

from postengine.render.video.ffmpeg.hearing import Hearing
from postengine.render.video.ffmpeg.pipes import Outgoing, fill, prepare


@pytest.fixture
def pipe() -> Generator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        os.close(end)


def test_what_a_pipe_does_not_take_is_written_later(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    prepare(writing)
    plane = np.arange(3_000_000, dtype=np.uint8).reshape(1500, 2000)
    outgoing = Outgoing([b"head", plane.data, b""])
    got = bytearray()

    while outgoing:
        outgoing.write_to(writing)
        if outgoing:
            with pytest.raises(BlockingIOError):
                outgoing.write_to(writing)
        got += os.read(reading, 1 << 21)

    assert got == b"head" + plane.tobytes()


def test_an_empty_pipe_has_nothing_yet(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    prepare(reading)
    space = bytearray(4)

    with pytest.raises(BlockingIOError):
        fill(reading, memoryview(space))
    os.write(writing, b"ab")

    assert fill(reading, memoryview(space)) == 2
    assert space == b"ab\0\0"


def test_a_pipe_that_may_not_grow_works_as_it_is(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, b"a")

    prepare(reading)

    assert os.read(reading, 1) == b"a"


def test_hearing_keeps_the_last_words_and_never_waits(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    hearing = Hearing(reading)
    assert hearing.listen()

    for letter in (b"a", b"b"):
        os.write(writing, letter * 50_000)
        assert hearing.listen()

    assert hearing.text == "a" * (64 * 1024 - 50_000) + "b" * 50_000
