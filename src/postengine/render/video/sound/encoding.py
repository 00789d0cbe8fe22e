"""Samples to AAC in an MP4, with a gain and a limit on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from postengine.render.video.ffmpeg.graph import Option, Stream, arguments, opened
from postengine.render.video.ffmpeg.process import fed

from .samples import RATE, Samples
from .settings import TrackSettings
from .wire import RAW_SOUND

_PRIMING = 1024
"""AAC's decoder is so many samples late. Players undo that by an edit list, which some networks refuse."""
FEWEST_SAMPLES = _PRIMING + 1
"""Of a track."""
_LIMITED_RATE = 96_000
"""Peaks between samples are seen at twice the rate; four times costs double and holds them no better."""


@dataclass(frozen=True)
class Push:
    """What is done to a mix on its way into the encoder.

    Attributes:
        gain_db: First.
        ceiling_db: Then no peak is higher.
    """

    gain_db: float
    ceiling_db: float


def encode_track(blocks: Iterable[Samples], out: Path, push: Push | None, settings: TrackSettings) -> None:
    """Encode samples as AAC-LC, 48 kHz stereo, into an MP4 without edit lists that decodes in time.

    The first 21 ms are cut off and the rest is that much earlier, which makes up for the decoder's delay: all
    is heard at its time, and the track is as long as the samples.

    Args:
        blocks: One after the other, `FEWEST_SAMPLES` or more in all.
        out: Overwritten.
        push: None leaves the samples as they are.
        settings: How.
    """
    sound = opened("pipe:0", **RAW_SOUND).sound
    ready = (_pushed(sound, push) if push else sound).filtered("atrim", start_sample=_PRIMING)
    fed(
        settings.program,
        arguments([ready], out, _output(settings.bit_rate_kbps)),
        ([block.data] for block in blocks),
        limits=settings.limits,
        out=out,
    )


def _pushed(sound: Stream, push: Push) -> Stream:
    louder = sound.filtered("volume", f"{push.gain_db:.3f}dB").filtered("aresample", _LIMITED_RATE)
    limit = f"{10 ** (push.ceiling_db / 20):.6f}"
    # Without `latency` it comes out late, and `level` would raise everything up to the limit.
    return louder.filtered("alimiter", limit=limit, level=0, latency=1).filtered("aresample", RATE)


def _output(bit_rate_kbps: int) -> dict[str, Option]:
    return {
        "acodec": "aac",
        # A quarter of the work of ffmpeg's other way, and at this rate not further from what it was given.
        "aac_coder": "fast",
        "b:a": f"{bit_rate_kbps}k",
        "ar": RATE,
        "ac": 2,
        "flags:a": "+bitexact",
        "fflags": "+bitexact",
        "map_metadata": -1,
        "use_editlist": 0,
        "movflags": "+faststart",
        "threads": 1,
        "f": "mp4",
    }
