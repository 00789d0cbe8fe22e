"""Sound in memory: 48,000 stereo samples a second, as floats of which 1 is full scale."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Of shape (n, 2): left and right."""

RATE = 48_000
"""A multiple of every frame rate, so that each frame has a whole number of samples."""

BLOCK = 960
"""Samples that are decoded at a time: 20 ms."""

SAMPLE_BYTES = 8


def samples_in(seconds: float) -> int:
    """Return how many samples last `seconds`.

    >>> samples_in(0.5)
    24000
    """
    return round(seconds * RATE)


def silent(count: int) -> Samples:
    """Return `count` samples of silence."""
    return np.zeros((count, 2), np.float32)


def silence(count: int) -> Generator[Samples]:
    """Yield `count` samples of silence in blocks of one second."""
    for first in range(0, count, RATE):
        yield silent(min(RATE, count - first))
