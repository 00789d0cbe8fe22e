"""The samples of a file, whatever it is."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

import numpy as np

from postengine.render.errors import FfmpegFailed, FfmpegKilled, FfmpegStalled, MediaUnreadable
from postengine.render.video.ffmpeg.graph import Option, Stream, arguments, opened
from postengine.render.video.ffmpeg.process import drained

from .samples import BLOCK, RATE, SAMPLE_BYTES, Samples, samples_in
from .settings import TrackSettings
from .source import SoundFile
from .wire import SAFE_FILE

_MOST_ERRORS = 0.1
"""A file of which more cannot be decoded is broken; many good ones begin or end with a packet of junk."""
_LEAD_S = 0.1
"""So much before it is wanted decoding begins: what comes of a first packet alone is not what was encoded."""
_LOUDEST = 16.0
"""Float files may hold anything, also what is not a number."""
_SLACK_S = 0.5
"""By which a file may be shorter than it says: encoders round up to packets."""


def decoded(file: SoundFile, starts_s: float, count: int, settings: TrackSettings) -> Generator[Samples]:
    """Yield a file's sound from an instant on, fewer samples than asked for if it ends before.

    Args:
        file: Of any rate and number of channels; what is missing in the middle becomes silence.
        starts_s: Where in the file.
        count: How many samples.
        settings: How ffmpeg is run.

    Yields:
        At most 960 samples at a time; the last ones when it is certain that all is well.

    Raises:
        MediaUnreadable: The file is broken, or shorter than it says.
        FfmpegMissing: ffmpeg cannot be started.
        FfmpegStalled: It stood still.
        FfmpegKilled: A signal ended it.
    """
    got = 0
    held: Samples | None = None
    with closing(_blocks(file, starts_s, count, settings)) as blocks:
        for block in blocks:
            if held is not None:
                yield held
            held = block
            got += BLOCK
    _require_whole(file, starts_s, got, count)
    if held is not None:
        yield held[: count - got + BLOCK] if got >= count else _without_padding(held)


def _blocks(file: SoundFile, starts_s: float, count: int, settings: TrackSettings) -> Generator[Samples]:
    wanted = _arguments(file, starts_s, count)
    block_bytes = BLOCK * SAMPLE_BYTES
    with closing(
        drained(settings.program, wanted, frame_bytes=block_bytes, limits=settings.limits)
    ) as frames:
        try:
            for frame in frames:
                yield _finite(np.frombuffer(frame, np.float32).reshape(BLOCK, 2))
        except FfmpegFailed as error:
            if isinstance(error, (FfmpegKilled, FfmpegStalled)):
                raise
            raise MediaUnreadable(file.path, "its sound cannot be decoded") from error


def _arguments(file: SoundFile, starts_s: float, count: int) -> list[str]:
    output: dict[str, Option] = {"f": "f32le", "acodec": "pcm_f32le", "max_error_rate": _MOST_ERRORS}
    sought = max(starts_s - _LEAD_S, 0.0)
    # Sought even at its beginning, a file loses what comes of its first packet.
    seeking: dict[str, Option] = {"ss": f"{sought:.6f}"} if sought else {}
    source = opened(file.path, threads=1, **seeking, **SAFE_FILE)
    first = samples_in(starts_s - sought)
    return arguments([_normal(source.sound, file.channels, first, first + count)], "pipe:1", output)


def _normal(sound: Stream, channels: int, first: int, end: int) -> Stream:
    """Return 48 kHz stereo that begins at once, in whole blocks."""
    # A track may begin later than the pictures, and phones leave gaps.
    steady = sound.filtered("aresample", RATE, **{"async": 1, "first_pts": 0})
    stereo = steady.filtered("aformat", sample_fmts="flt", channel_layouts="stereo")
    if channels == 1:  # ffmpeg makes it 3 dB quieter than the same voice recorded in stereo
        stereo = stereo.filtered("volume", f"{2**0.5:.6f}")
    stretch = stereo.filtered("atrim", start_sample=first, end_sample=end)
    return stretch.filtered("asetnsamples", n=BLOCK, p=1)


def _finite(block: Samples) -> Samples:
    if np.abs(block).max() <= _LOUDEST:  # never true with a NaN
        return block
    return np.clip(np.nan_to_num(block), -_LOUDEST, _LOUDEST)


def _require_whole(file: SoundFile, starts_s: float, got: int, count: int) -> None:
    if file.is_told and file.seconds is not None:
        told = min(samples_in(file.seconds - starts_s), count)
        if got < told - samples_in(_SLACK_S):
            ends_s = starts_s + got / RATE
            raise MediaUnreadable(
                file.path, f"it is cut short, {ends_s:.1f} s of at least {starts_s + told / RATE:.1f} s"
            )


def _without_padding(block: Samples) -> Samples:
    """Return the last block of a file without the silence that ffmpeg filled it up with."""
    heard = np.flatnonzero(block.any(axis=1))
    return block[: heard[-1] + 1] if heard.size else block[:0]
