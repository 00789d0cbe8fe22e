"""The numbers of a video against a preset's bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from postengine.render.video.reading.info import VideoInfo

from .bounds import Bounds, number
from .fault import Fault, FaultCode, fault
from .preset import Preset

_SIZE = "render it at the size that the preset suggests"


class _Measure(NamedTuple):
    code: FaultCode
    allowed: Bounds
    got: float
    unit: str
    remedy: str
    slack: float = 0.0
    """What rounding may add, as a share of the number."""


def measured(info: VideoInfo, asked: Preset) -> Iterator[Fault]:
    """Yield a fault for each number beyond its bounds."""
    for one in (*_of_pictures(info, asked), *_of_the_file(info, asked), *_of_sound(info, asked)):
        if not one.allowed.hold(one.got, slack=one.slack * one.got):
            yield fault(one.code, one.allowed.words(one.unit), number(one.got), one.remedy)


def _of_pictures(info: VideoInfo, asked: Preset) -> Iterator[_Measure]:
    width, height = info.shown
    yield _Measure("aspect", asked.aspect, width / height, "as width over height", _SIZE, 0.01)
    yield _Measure("width", asked.width_px, width, "px of width", _SIZE)
    yield _Measure("short_side", asked.short_px, min(width, height), "px of the shorter side", _SIZE)
    yield _Measure("long_side", asked.long_px, max(width, height), "px of the longer side", _SIZE)
    yield _Measure("frame_rate", asked.fps, info.fps, "frames a second", "render it at 30", 0.005)


def _of_the_file(info: VideoInfo, asked: Preset) -> Iterator[_Measure]:
    kbps = info.size_bytes * 8 / 1000 / max(info.duration_s, 0.001)
    yield _Measure("seconds", asked.seconds, info.duration_s, "s", "change its length", 0.001)
    yield _Measure("size_bytes", asked.size_bytes, info.size_bytes, "bytes", "render it for this network")
    yield _Measure("rate", asked.rate_kbps, kbps, "kbit a second", "lower its quality")


def _of_sound(info: VideoInfo, asked: Preset) -> Iterator[_Measure]:
    yield _Measure("sound_tracks", asked.sound_tracks, len(info.sounds), "sound tracks", "keep one")
    for sound in info.sounds:
        yield _Measure(
            "sample_rate",
            asked.sample_rate_hz,
            sound.rate_hz,
            "samples a second",
            "resample it to 48,000",
        )
        yield _Measure(
            "channels", asked.channels, sound.channels, "channels of sound", "mix it down to stereo"
        )
