"""The sound track of a video: from its description to a measured file."""

from __future__ import annotations

import errno
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from postengine.render.errors import PictureMissing, RenderOutOfSpace
from postengine.render.video.limits import VideoLimits
from postengine.render.video.plan import Timing
from postengine.render.video.spec import VideoSpec

from .ducking import ducking_of
from .encoding import FEWEST_SAMPLES, encode_track
from .levelling import encode_at_level
from .loudness import SILENCE, Aim, Loudness
from .meter import level_of
from .mixing import mixed
from .parts import Parts, parts_of, sample_count, sources_of
from .player import Player
from .samples import Samples, silence
from .settings import TrackSettings
from .source import look
from .spool import played, recorded


def make_sound(
    spec: VideoSpec,
    timing: Timing,
    sources: Mapping[str, Path],
    out: Path,
    *,
    program: str,
    limits: VideoLimits,
    bit_rate_kbps: int = 128,
    on_second: Callable[[], None] | None = None,
) -> Loudness:
    """Make the sound track of a video: AAC-LC, 48 kHz, stereo, exactly as long as the video.

    Args:
        spec: The video; `spec.sound` and the clips that keep their sound.
        timing: Its frames.
        sources: Files by their names in the spec, such as WAV, MP3, FLAC, Ogg, M4A, MP4, MOV, WebM.
        out: An MP4 with sound alone (`.m4a`); overwritten. Large temporary files are made beside it.
        program: Path of ffmpeg.
        limits: On what goes in and comes out.
        bit_rate_kbps: Of AAC.
        on_second: Called after each second of sound in each pass; what it raises ends everything.

    Returns:
        How loud it is, measured on the decoded AAC. Some sounds cannot be as loud as asked for, single clicks
        or next to nothing: that is no error, and `is_reached` says so.

    Raises:
        PictureMissing: A source was not handed over.
        MediaUnreadable: A source is broken, cut short, of an unknown kind, or music or a voice without sound.
        MediaTooLarge: A source, or the track, is larger or longer than `limits` allow.
        VideoSpecInvalid: Music begins after the end of its file, or a voice after that of the video.
        FfmpegMissing: ffmpeg cannot be started.
        FfmpegFailed: It gave up, stood still or was killed.
        RenderOutOfSpace: The disk is full.
    """
    out = out.absolute()  # a name that begins with a dash would be an option
    parts = check_sound(spec, timing, sources, limits=limits)
    count = max(sample_count(timing), FEWEST_SAMPLES)
    settings = TrackSettings(program, limits, bit_rate_kbps)
    aim = Aim(spec.sound.loudness_lufs, spec.sound.true_peak_db)
    with _told_if_full(out), Player(settings, out.parent) as player:
        mix = player.spool()
        ducking = ducking_of(parts, spec.sound.ducking_db, count, player.play)
        with closing(mixed(parts, count, player.play, ducking)) as blocks:
            level = level_of(recorded(_watched(blocks, on_second), mix), out, settings)
        if level.is_silence:
            encode_track(_watched(silence(count), on_second), out, None, settings)
            return SILENCE
        return encode_at_level(lambda: _watched(played(mix), on_second), level, aim, out, settings)


def check_sound(
    spec: VideoSpec, timing: Timing, sources: Mapping[str, Path], *, limits: VideoLimits
) -> Parts:
    """Look into all files that are to be heard, without playing them.

    Raises:
        RenderError: As of `make_sound`, where it shows before a file is played.
    """
    found = {name: look(_handed_over(sources, name), limits) for name in sources_of(spec)}
    return parts_of(spec, timing, found)


def _handed_over(sources: Mapping[str, Path], name: str) -> Path:
    if name not in sources:
        raise PictureMissing(name)
    return sources[name]


def _watched(blocks: Iterable[Samples], on_second: Callable[[], None] | None) -> Generator[Samples]:
    for block in blocks:
        yield block
        if on_second is not None:
            on_second()


@contextmanager
def _told_if_full(out: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RenderOutOfSpace(out) from error
        raise
