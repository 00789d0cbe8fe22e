"""Texts with tabs: the engine makes a tab so many spaces wide, Satori goes on to the next tab stop."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from .units import Scale, length

_RUNS = re.compile(r"(\t+)")


class Piece(NamedTuple):
    """A part of a line between tabs.

    Attributes:
        text: What it says; empty where a line begins with a tab.
        width_px: From its start to the start of the next, in whole pixels; None for the last.
        shift_px: How far it starts behind the whole pixel.
    """

    text: str
    width_px: int | None
    shift_px: float = 0.0


def lines_with_stops(text: str, stop_px: float, width_of: Callable[[str], float]) -> list[list[Piece]]:
    r"""Return a text's lines in pieces between tabs.

    Args:
        text: White space as it stands.
        stop_px: From one tab stop to the next.
        width_of: Measures a piece in pixels.

    >>> lines_with_stops("a\tb", 32.0, lambda piece: 10.0 * len(piece))
    [[Piece(text='a', width_px=32, shift_px=0.0), Piece(text='b', width_px=None, shift_px=0.0)]]
    """
    return [_line(line, stop_px, width_of) for line in text.split("\n")]


def tab_stop(size: object, space_px: float, font_px: float) -> float:
    """Return the distance of tab stops; a length counts as so many spaces as it has pixels, as in Satori."""
    spaces = length(size, Scale(font_px, None, None))
    return (8 if spaces is None else spaces) * space_px


def _line(line: str, stop_px: float, width_of: Callable[[str], float]) -> list[Piece]:
    parts = _RUNS.split(line)
    pieces: list[Piece] = []
    at = 0.0
    for index in range(0, len(parts) - 1, 2):
        piece, tabs = parts[index], len(parts[index + 1])
        end = at + width_of(piece)
        if stop_px:
            end = (math.floor(end / stop_px) + tabs) * stop_px
        pieces.append(Piece(piece, math.floor(end) - math.floor(at), at % 1))
        at = end
    return [*pieces, Piece(parts[-1], None, at % 1)]
