"""Measuring loudness with ffmpeg's meter by EBU R 128."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from postengine.render.video.ffmpeg.graph import Input, arguments, opened
from postengine.render.video.ffmpeg.process import fed

from .loudness import Level
from .samples import Samples
from .settings import TrackSettings
from .wire import RAW_SOUND

_INTEGRATED = re.compile(r"lavfi\.r128\.I=(\S+)")
_PEAK = re.compile(r"lavfi\.r128\.(?:true|sample)_peaks_ch\d=(\S+)")
_CHANNELS = 2
_QUIETEST_LUFS = -70.0
"""What the meter says of what is no sound to it."""
_READ_BYTES = 1 << 20


def level_of(blocks: Iterable[Samples], out: Path, settings: TrackSettings) -> Level:
    """Measure samples; the peak is that of the samples, not of the curve through them.

    Args:
        blocks: One after the other; each is taken once.
        out: What the sound will be, for messages.
        settings: How ffmpeg is run.
    """
    meter = _meter(opened("pipe:0", **RAW_SOUND), "sample")
    return _said(meter, (block.data for block in blocks), out, settings)


def level_of_track(track: Path, settings: TrackSettings) -> Level:
    """Measure a finished sound track as it is heard, with its true peak.

    Args:
        track: An MP4 whose index stands first.
        settings: How ffmpeg is run.
    """
    meter = _meter(opened("pipe:0", f="mp4", threads=1, protocol_whitelist="pipe"), "true")
    with track.open("rb") as file:
        return _said(meter, iter(lambda: file.read(_READ_BYTES), b""), track, settings)


def level_in(said: str) -> Level:
    """Return what the meter said last.

    >>> level_in("lavfi.r128.I=-14.02 lavfi.r128.true_peaks_ch0=0.5 lavfi.r128.true_peaks_ch1=0.25")
    Level(integrated_lufs=-14.02, peak_db=-6.02)
    """
    integrated = [float(value) for value in _INTEGRATED.findall(said)[-1:]]
    peak = max((float(value) for value in _PEAK.findall(said)[-_CHANNELS:]), default=0.0)
    return Level(
        integrated[0] if integrated and integrated[0] > _QUIETEST_LUFS else None,
        round(20 * math.log10(peak), 2) if peak > 0 else None,
    )


def _meter(source: Input, peak: Literal["sample", "true"]) -> list[str]:
    # The meter's summary has one digit after the point, too few to keep a limit by; its metadata has three.
    meter = source.sound.filtered("ebur128", framelog="quiet", peak=peak, metadata=1)
    return arguments([meter.filtered("ametadata", "print")], "-", {"f": "null"}, said="info")


def _said(meter: list[str], data: Iterable[bytes | memoryview], out: Path, settings: TrackSettings) -> Level:
    chunks = ([piece] for piece in data)
    return level_in(fed(settings.program, meter, chunks, limits=settings.limits, out=out))
