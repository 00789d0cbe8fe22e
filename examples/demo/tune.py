"""Music for the demo's videos: a calm tune of pads and plucked strings, made of sines; nobody owns it."""

from __future__ import annotations

import wave
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]
"""Of shape (n,), or (n, 2) for left and right; 1 is full scale."""

RATE = 48_000
SECONDS = 24.0
_BEAT_S = 0.6
_BAR_S = 4 * _BEAT_S
_CHORDS = (
    (48, 64, 67, 72, 76),  # C
    (43, 62, 67, 71, 74),  # G
    (45, 60, 64, 69, 76),  # A minor
    (41, 60, 65, 69, 72),  # F
)
"""MIDI notes: the bass, then four to arpeggiate."""
_PATTERN = (1, 2, 3, 4, 3, 2, 4, 3)
"""Which note of the chord is plucked on each half beat."""
_PEAK = 0.6


def draw_tune(file: Path) -> Path:
    """Write the tune as a stereo WAV of 24 s, the same bytes every time; return the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((make_tune() * 32767).astype("<i2").tobytes())
    return file


def make_tune() -> Sound:
    """Return the tune: (1,152,000, 2)."""
    dry = np.zeros((round(SECONDS * RATE), 2))
    for bar in range(round(SECONDS / _BAR_S)):
        bass, *chord = _CHORDS[bar % len(_CHORDS)]
        start_s = bar * _BAR_S
        _add(dry, start_s, 0.15 * _bass(bass), pan=0.5)
        for place, note in enumerate(chord):
            _add(dry, start_s, 0.075 * _pad(note), pan=0.2 + 0.2 * place)
        for step, index in enumerate(_PATTERN):
            accent = 0.30 if step % 4 == 0 else 0.22
            pan = 0.35 if step % 2 else 0.65
            _add(dry, start_s + step * _BEAT_S / 2, accent * _pluck(chord[index - 1] + 12), pan=pan)
    wet = _with_room(dry) * _whole_curve(len(dry))[:, np.newaxis]
    return np.asarray(wet * (_PEAK / np.abs(wet).max()), np.float64)


@cache
def _pad(note: int) -> Sound:
    """Two slightly detuned voices that swell and fade into the next bar."""
    seconds = _BAR_S + 1.0
    voices = _harmonics(note + 0.04, seconds, fall=2.2) + _harmonics(note - 0.04, seconds, fall=2.2)
    return voices * _swell(seconds, rise_s=0.7, release_s=1.0)


@cache
def _pluck(note: int) -> Sound:
    """A string: bright at first, its overtones gone before its ground."""
    times = _times(1.6)
    ground = 2 * np.pi * _hertz(note) * times
    parts = [np.sin(k * ground) * np.exp(-times * (2.0 + 1.4 * k)) / k**1.25 for k in range(1, 9)]
    return sum(parts, np.zeros(len(times))) * _swell(1.6, rise_s=0.004, release_s=0.3)


@cache
def _bass(note: int) -> Sound:
    seconds = _BAR_S + 0.2
    return _harmonics(note, seconds, fall=2.8) * _swell(seconds, rise_s=0.05, release_s=0.6)


def _harmonics(note: float, seconds: float, *, fall: float) -> Sound:
    """Return a tone whose overtone k is `fall` powers of k quieter."""
    ground = 2 * np.pi * _hertz(note) * _times(seconds)
    return sum((np.sin(k * ground) / k**fall for k in range(1, 9)), np.zeros(len(ground)))


def _swell(seconds: float, *, rise_s: float, release_s: float) -> Sound:
    """Return an envelope from 0 to 1 and back, round at its corners."""
    times = _times(seconds)
    up = np.clip(times / rise_s, 0, 1)
    down = np.clip((seconds - times) / release_s, 0, 1)
    return np.asarray(np.sin(np.pi / 2 * up) ** 2 * np.sin(np.pi / 2 * down) ** 2)


def _with_room(dry: Sound) -> Sound:
    """Add the echo of a small hall: soft noise that dies away within a second and a half."""
    times = _times(1.5)
    noise = np.random.default_rng(7).standard_normal((len(times), 2))
    soft = np.apply_along_axis(lambda one: np.convolve(one, np.hanning(24) / 12, "same"), 0, noise)
    echo = soft * (np.exp(-times * 4.5) * np.clip(times / 0.02, 0, 1))[:, np.newaxis]
    echo /= np.sqrt(np.square(echo).sum(axis=0))
    length = len(dry) + len(echo)
    wet = np.fft.irfft(np.fft.rfft(dry, length, axis=0) * np.fft.rfft(echo, length, axis=0), length, axis=0)
    return np.asarray(dry + 0.28 * wet[: len(dry)])


def _whole_curve(length: int) -> Sound:
    """Return the shape of the whole: it comes out of silence and goes back."""
    left_s = (length - np.arange(length)) / RATE
    return np.asarray(
        np.clip(np.arange(length) / (0.05 * RATE), 0, 1) * np.sin(np.clip(left_s / 2.5, 0, 1) * np.pi / 2)
    )


def _add(mix: Sound, start_s: float, sound: Sound, *, pan: float) -> None:
    """Add a sound to both channels with equal power, `pan` from 0 (left) to 1 (right); cut it at the end."""
    first = round(start_s * RATE)
    heard = sound[: len(mix) - first]
    mix[first : first + len(heard), 0] += heard * np.cos(pan * np.pi / 2)
    mix[first : first + len(heard), 1] += heard * np.sin(pan * np.pi / 2)


def _times(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE)) / RATE


def _hertz(note: float) -> float:
    return float(440 * 2 ** ((note - 69) / 12))
