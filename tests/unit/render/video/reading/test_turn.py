from __future__ import annotations

import struct

import pytest

from postengine.render.video.reading.turn import Turn, turn_of

ONE = 1 << 16


def matrix(a: float, b: float, c: float, d: float) -> bytes:
    a, b, c, d = (round(number * ONE) for number in (a, b, c, d))
    return struct.pack("=9i", int(a), int(b), 0, int(c), int(d), 0, 0, 0, 1 << 30)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((1, 0, 0, 1), Turn()),
        ((0, 1, -1, 0), Turn(1)),
        ((-1, 0, 0, -1), Turn(2)),
        ((0, -1, 1, 0), Turn(3)),
        ((-1, 0, 0, 1), Turn(0, is_mirrored=True)),
        ((0, -1, -1, 0), Turn(1, is_mirrored=True)),
        ((1, 0, 0, -1), Turn(2, is_mirrored=True)),
        ((0, 1, 1, 0), Turn(3, is_mirrored=True)),
        ((0.001, 0.999, -1.001, 0), Turn(1)),
        ((0.7, 0.7, -0.7, 0.7), Turn()),
        ((2, 0, 0, 2), Turn()),
        ((0, 0, 0, 0), Turn()),
    ],
)
def test_a_matrix_is_a_turn_or_none(entries: tuple[float, float, float, float], expected: Turn) -> None:
    assert turn_of(matrix(*entries)) == expected


def test_quarter_turns_swap_the_sides() -> None:
    assert [Turn(quarters).swaps_sides for quarters in range(4)] == [False, True, False, True]
