"""Sounds to try the track with, and a second opinion on how they came out."""

from __future__ import annotations

import re
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from postengine.render.video.limits import VideoLimits
from postengine.render.video.plan import timing_of
from postengine.render.video.sound import Loudness, make_sound
from postengine.render.video.spec import ClipScene, PhotoScene, Sound, VideoSpec

RATE = 48_000
PROGRAM = str(imageio_ffmpeg.get_ffmpeg_exe())
Sounding = NDArray[np.float64]
"""Of shape (n, channels)."""


def noise(seconds: float, channels: int = 2) -> Sounding:
    """Noise with as much power in every octave, as music has."""
    length = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(3).standard_normal((length, channels)), axis=0)
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))[:, np.newaxis]
    spectrum[0] = 0
    pink = np.fft.irfft(spectrum, length, axis=0)
    return np.asarray(0.5 * pink / np.abs(pink).max())


def tone(seconds: float, hertz: float = 440.0, level: float = 0.25) -> Sounding:
    """A steady sine on both sides."""
    sine = level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    return np.stack([sine, sine], axis=1)


def chords(seconds: float) -> Sounding:
    """A chord a second, plucked."""
    times = np.arange(round(seconds * RATE)) / RATE
    notes = [220 * 2 ** (step / 12) for step in (0, 4, 7, 12)]
    plucked = sum(np.sin(2 * np.pi * note * times) for note in notes) * np.exp(-3 * (times % 1.0))
    return np.stack([plucked, 0.8 * plucked], axis=1) * 0.15


def speech(seconds: float) -> Sounding:
    """Syllables of noise in one channel: two seconds on, one off."""
    times = np.arange(round(seconds * RATE)) / RATE
    syllables = (np.sin(2 * np.pi * 4 * times) > -0.3) & (times % 3 < 2)
    return noise(seconds, 1) * syllables[:, np.newaxis]


def clicks(seconds: float) -> Sounding:
    """Two milliseconds of a loud tone, twice a second."""
    times = np.arange(round(seconds * RATE)) / RATE
    return tone(seconds, 1000.0, 0.9) * (times % 0.5 < 0.002)[:, np.newaxis]


def save(file: Path, sound: Sounding, rate: int = RATE) -> Path:
    """Write a WAV with 16 bits."""
    with wave.open(str(file), "wb") as out:
        out.setnchannels(sound.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return file


def ffmpeg(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run ffmpeg plainly."""
    command = [PROGRAM, "-hide_banner", "-nostats", "-y", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, timeout=60)


def heard(track: Path) -> NDArray[np.float32]:
    """Return what a player hears: (n, 2)."""
    raw = ffmpeg("-v", "error", "-i", track, "-f", "f32le", "-ar", "48000", "-ac", "2", "pipe:1").stdout
    return np.frombuffer(raw, np.float32).reshape(-1, 2)


def metered(track: Path) -> tuple[float, float]:
    """Return integrated loudness and true peak by ffmpeg's meter."""
    said = ffmpeg("-i", track, "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-").stderr.decode()
    loudness, peak = re.findall(r"(?:I|Peak): +(-?[\d.]+|-inf) (?:LUFS|dBFS)", said.split("Summary")[1])
    return float(loudness), float(peak)


def highest_peak_db(sound: NDArray[np.float32]) -> float:
    """Return the highest peak of the curve through all samples, by four times the rate."""
    spectrum = np.fft.rfft(sound.astype(np.float64), axis=0)
    curve = np.fft.irfft(np.pad(spectrum, ((0, 3 * len(sound) // 2), (0, 0))), 4 * len(sound), axis=0) * 4
    return float(20 * np.log10(np.abs(curve).max()))


def rms(sound: NDArray[np.float32]) -> float:
    """Return its level as a share of full scale."""
    return float(np.sqrt(np.mean(np.square(sound.astype(np.float64)))))


def video(seconds: float, sound: Sound, *scenes: PhotoScene | ClipScene) -> VideoSpec:
    """Return a video of one photo, or of these scenes."""
    return VideoSpec(scenes=scenes or (PhotoScene(source="photo", seconds=seconds),), sound=sound)


def make(
    spec: VideoSpec,
    out: Path,
    *files: Path,
    program: str = PROGRAM,
    limits: VideoLimits | None = None,
    bit_rate_kbps: int = 128,
    on_second: Callable[[], None] | None = None,
) -> Loudness:
    """Make a track; the files go by their names without ending."""
    return make_sound(
        spec,
        timing_of(spec, {}),
        {file.stem: file for file in files},
        out,
        program=program,
        limits=limits or VideoLimits(),
        bit_rate_kbps=bit_rate_kbps,
        on_second=on_second,
    )
