"""How the music gives way to voices: a curve that is down before the first word and up after the last."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from .parts import Part, Parts
from .samples import BLOCK, RATE, Samples

Play = Callable[[Part], Generator[Samples]]
"""Returns a part's samples in blocks of any length; nothing is opened before the first is asked for."""

Curve = NDArray[np.float64]
"""A gain for every block of 960 samples from the video's beginning on; 1 leaves the music as it is."""

_BLOCKS_A_SECOND = RATE // BLOCK
_RAMP = _BLOCKS_A_SECOND // 2
"""Down or up within half a second, softly at both ends."""
_BEFORE = _RAMP // 2 + 2
"""The music is down just before a word begins."""
_AFTER = _RAMP // 2 + _BLOCKS_A_SECOND // 2
"""It stays down for half a second, so that it does not breathe between words."""
_BELOW_SPEECH = 10 ** (-30 / 20)
"""What is 30 dB below a speaker's loud syllables is no speech but the room."""
_FAINTEST = 10 ** (-55 / 20)


def ducking_of(parts: Parts, depth_db: float, count: int, play: Play) -> Curve | None:
    """Listen to the voices and return the gain of the music; None if there is nothing that gives way.

    Args:
        parts: Of the video.
        depth_db: By how much the music gives way.
        count: How many samples the video lasts.
        play: How a voice is decoded.
    """
    if parts.music is None or not parts.voices or not depth_db:
        return None
    voices = [(voice.first // BLOCK, is_spoken(play(voice))) for voice in parts.voices]
    return curve_of(voices, depth_db, math.ceil(count / BLOCK))


def is_spoken(blocks: Iterable[Samples]) -> NDArray[np.bool_]:
    """Return for each block of a voice whether somebody speaks in it."""
    levels = np.array([_rms(block) for block in blocks])
    if not levels.size:
        return np.zeros(0, np.bool_)
    return levels > max(float(np.quantile(levels, 0.95)) * _BELOW_SPEECH, _FAINTEST)


def curve_of(voices: Sequence[tuple[int, NDArray[np.bool_]]], depth_db: float, blocks: int) -> Curve:
    """Return the gain of the music.

    Args:
        voices: Of each, the block of the video in which it begins, and in which of its blocks is speech.
        depth_db: By how much the music gives way.
        blocks: How many the video lasts.
    """
    spoken = np.zeros(blocks, np.bool_)
    for first, speech in voices:
        there = speech[: blocks - first]
        spoken[first : first + len(there)] |= there
    window = np.hanning(_RAMP + 2)
    share = np.convolve(np.pad(_held(spoken), _RAMP, "edge"), window / window.sum(), "same")[_RAMP:-_RAMP]
    return np.asarray(10 ** (-depth_db * share / 20), np.float64)


def _rms(block: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(block)))) if block.size else 0.0


def _held(spoken: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return 1 from a while before speech to a while after it, else 0."""
    reach = np.convolve(spoken, np.ones(_BEFORE + _AFTER + 1))[_BEFORE:]
    return (reach[: len(spoken)] > 0).astype(np.float64)
