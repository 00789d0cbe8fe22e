"""Which stretch of which file is heard when, and how loud: a function of the spec and the timing alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from postengine.render.errors import MediaUnreadable, VideoSpecInvalid
from postengine.render.video.plan import Timing
from postengine.render.video.spec import ClipScene, Music, VideoSpec, Voice

from .samples import RATE, samples_in
from .source import SoundFile

_EDGE = samples_in(0.01)
"""A clip comes and goes within 10 ms where there is a cut; at once it would click."""

Files = Mapping[str, SoundFile]
"""What was found in each source, by its name."""


@dataclass(frozen=True)
class Part:
    """A stretch of a file in its place. Places and lengths are in samples.

    Attributes:
        file: Where it is from.
        starts_s: Where in the file.
        first: Where in the video it begins.
        end: Where in the video it is over.
        volume_db: Against the others.
        fade_in: How long it takes to come.
        fade_out: How long it takes to go.
        loops: Begin again when the file ends before `end`.
    """

    file: SoundFile
    starts_s: float
    first: int
    end: int
    volume_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    loops: bool = False


@dataclass(frozen=True)
class Parts:
    """Everything that is heard.

    Attributes:
        music: It gives way to voices.
        voices: Spoken.
        clips: The sound of filmed scenes, in their order.
    """

    music: Part | None
    voices: tuple[Part, ...]
    clips: tuple[Part, ...]

    @property
    def all(self) -> tuple[Part, ...]:
        """Each of them, in an order that is always the same."""
        return (*((self.music,) if self.music else ()), *self.voices, *self.clips)


def sources_of(spec: VideoSpec) -> tuple[str, ...]:
    """Return the names of all sources that are heard, each once."""
    sound = spec.sound
    names = [sound.music.source] if sound.music else []
    names += [voice.source for voice in sound.voices]
    names += [scene.source for scene in spec.scenes if isinstance(scene, ClipScene) and scene.sound]
    return tuple(dict.fromkeys(names))


def parts_of(spec: VideoSpec, timing: Timing, files: Files) -> Parts:
    """Return everything that is heard.

    Args:
        spec: The video.
        timing: Its frames.
        files: All of `sources_of(spec)`.

    Raises:
        MediaUnreadable: Music or a voice is a file without sound. A clip may be silent.
        VideoSpecInvalid: Music begins after the end of its file, or a voice after that of the video.
    """
    count = sample_count(timing)
    return Parts(
        _music(spec.sound.music, files, count),
        tuple(_voice(voice, number, files, count) for number, voice in enumerate(spec.sound.voices)),
        tuple(_clips(timing, files)),
    )


def sample_count(timing: Timing) -> int:
    """Return how many samples the video lasts."""
    return _place(timing.frames, timing.fps)


def _music(music: Music | None, files: Files, count: int) -> Part | None:
    if music is None:
        return None
    file = _with_sound(files[music.source])
    left = _left(file, music.starts_s, "sound.music.starts_s")
    return Part(
        file,
        music.starts_s,
        first=0,
        end=count if music.loops else min(left, count),
        volume_db=music.volume_db,
        fade_in=samples_in(music.fade_in_s),
        fade_out=samples_in(music.fade_out_s),
        loops=music.loops,
    )


def _voice(voice: Voice, number: int, files: Files, count: int) -> Part:
    file = _with_sound(files[voice.source])
    path = f"sound.voices[{number}].at_s"
    first = samples_in(voice.at_s)
    if first >= count:
        raise _late(path, voice.at_s, count / RATE, "the video")
    return Part(file, 0.0, first, min(first + _left(file, 0.0, path), count), volume_db=voice.volume_db)


def _clips(timing: Timing, files: Files) -> Iterator[Part]:
    for timed, after in zip_longest(timing.scenes, timing.scenes[1:]):
        scene = timed.scene
        if isinstance(scene, ClipScene) and scene.sound and files[scene.source].has_sound:
            overlap_after = after.overlap if after else 0
            yield Part(
                files[scene.source],
                scene.starts_s,
                _place(timed.span.first, timing.fps),
                _place(timed.span.end, timing.fps),
                volume_db=scene.volume_db,
                fade_in=max(_place(timed.overlap, timing.fps), _EDGE),
                fade_out=max(_place(overlap_after, timing.fps), _EDGE),
            )


def _place(frame: int, fps: int) -> int:
    return frame * RATE // fps


def _with_sound(file: SoundFile) -> SoundFile:
    if not file.has_sound:
        raise MediaUnreadable(file.path, "it has no sound")
    return file


def _left(file: SoundFile, starts_s: float, path: str) -> int:
    """Return how many samples a file has from an instant on; no end where nobody knows."""
    if file.seconds is None:
        return sys.maxsize
    if starts_s and starts_s >= file.seconds:
        raise _late(path, starts_s, file.seconds, repr(file.path.name))
    return samples_in(file.seconds - starts_s)


def _late(path: str, at_s: float, seconds: float, what: str) -> VideoSpecInvalid:
    message = f"Expected an instant within the {seconds:g} s of {what}, got {at_s:g}; begin sooner"
    return VideoSpecInvalid(((path, message),))
