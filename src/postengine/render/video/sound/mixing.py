"""All parts together, in time with the video, a second at a time."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray

from .ducking import Curve, Play
from .parts import Part, Parts
from .samples import BLOCK, RATE, Samples, silent
from .tape import Tape


def mixed(parts: Parts, count: int, play: Play, ducking: Curve | None = None) -> Generator[Samples]:
    """Yield the sum of all parts.

    A file is opened when its part begins and closed when it ends, so that memory and processes do not grow
    with their number.

    Args:
        parts: What is heard.
        count: How many samples in all.
        play: How a part is decoded.
        ducking: Of the music.

    Yields:
        Blocks of one second, the last as long as what is left.
    """
    with ExitStack() as files:
        playing = [_Playing(part, play, ducking if part is parts.music else None) for part in parts.all]
        for one in playing:
            files.callback(one.close)
        for first in range(0, count, RATE):
            block = silent(min(RATE, count - first))
            for one in playing:
                one.add_to(block, first)
            yield block


class _Playing:
    """A part in its place."""

    def __init__(self, part: Part, play: Play, ducking: Curve | None) -> None:
        self._part = part
        self._ducking = ducking
        self._tape = Tape(play(part))

    def add_to(self, block: Samples, first: int) -> None:
        """Add what is heard of it in a block that begins at `first`."""
        start, stop = max(first, self._part.first), min(first + len(block), self._part.end)
        if start < stop:
            heard = self._tape.read(stop - start) * _gain(self._part, start, stop, self._ducking)
            block[start - first : stop - first] += heard
        if stop == self._part.end:
            self.close()

    def close(self) -> None:
        """Close its file."""
        self._tape.close()


def _gain(part: Part, start: int, stop: int, ducking: Curve | None) -> NDArray[np.float32]:
    """Return the gain of each sample between two places, as a column."""
    places = np.arange(start, stop)
    gain = np.full(stop - start, 10 ** (part.volume_db / 20))
    if start < part.first + part.fade_in:
        gain *= _rise((places - part.first) / part.fade_in)
    if stop > part.end - part.fade_out:
        gain *= _rise((part.end - places) / part.fade_out)
    if ducking is not None:
        gain *= np.interp(places, (np.arange(len(ducking)) + 0.5) * BLOCK, ducking)
    return gain.astype(np.float32)[:, np.newaxis]


def _rise(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a quarter of a sine: two sounds that cross on it keep their power together."""
    return np.sin(np.pi / 2 * np.clip(share, 0.0, 1.0))
