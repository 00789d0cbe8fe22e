"""What is heard: music, voices, the clips' own sound, and how loud it all is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .parts import Decibels, Instant, Part, SourceName


class Music(Part):
    """Music beneath the whole video.

    Attributes:
        source: A file with sound.
        starts_s: Where in the file it begins.
        volume_db: Against the other sounds, before all is brought to its loudness.
        fade_in_s: From silence at the beginning.
        fade_out_s: Into silence at the end.
        loops: Begin again when it is shorter than the video; else it is silent from there.
    """

    source: SourceName
    starts_s: Instant = 0.0
    volume_db: Decibels = 0.0
    fade_in_s: Annotated[float, Field(ge=0, le=30)] = 0.0
    fade_out_s: Annotated[float, Field(ge=0, le=30)] = 1.5
    loops: bool = True


class Voice(Part):
    """A spoken track.

    Attributes:
        source: A file with sound.
        at_s: When in the video it begins.
        volume_db: Against the other sounds.
    """

    source: SourceName
    at_s: Instant = 0.0
    volume_db: Decibels = 0.0


class Sound(Part):
    """All that is heard; with nothing in it the video has a silent track, since some networks ask for one.

    Attributes:
        music: Beneath all.
        voices: Spoken; the music gives way to them.
        ducking_db: By how much the music gives way to voices.
        loudness_lufs: Of the whole, integrated (EBU R 128).
        true_peak_db: Never above, in dBTP.
    """

    music: Music | None = None
    voices: Annotated[tuple[Voice, ...], Field(max_length=20)] = ()
    ducking_db: Annotated[float, Field(ge=0, le=40)] = 12.0
    loudness_lufs: Annotated[float, Field(ge=-40, le=-6)] = -14.0
    true_peak_db: Annotated[float, Field(ge=-12, le=-0.5)] = -1.0
