"""Whether a network would take a file: all that it would refuse, at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from postengine.render.errors import MediaTooLarge, MediaUnreadable
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading.info import VideoInfo
from postengine.render.video.reading.probe import probe
from postengine.render.video.reading.reordering import has_b_frames
from postengine.render.video.spec import PresetName

from .decoding import decoding_problem
from .demands import demanded
from .fault import Fault, FaultCode, fault
from .measures import measured
from .preset import Preset
from .presets import preset

_QUICKTIME = "qt  "
_HEAD = 64


def check(
    path: Path,
    name: PresetName,
    *,
    decode: bool = True,
    program: str | None = None,
    limits: VideoLimits | None = None,
) -> tuple[Fault, ...]:
    """Return all that a network would refuse about a file; nothing if it takes it.

    Args:
        path: The file, whoever made it.
        name: The network.
        decode: Also decode every frame and all sound, strictly; it takes some seconds for a reel.
        program: Path of the ffmpeg that decodes; None takes the one that came with postengine[video].
        limits: Beyond which a file is not looked at.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It stood still while it decoded.
    """
    limits = limits or VideoLimits()
    try:
        info = probe(path, limits=limits)
        reorders = has_b_frames(path, limits)
    except (MediaUnreadable, MediaTooLarge) as error:
        return (Fault("unreadable", str(error)),)
    faults = [*faults_of(info, preset(name), container=_container(path, info), has_b_frames=reorders)]
    if decode:
        faults += _damages(path, program or default_program(), limits)
    return tuple(faults)


def faults_of(info: VideoInfo, asked: Preset, *, container: str, has_b_frames: bool) -> Iterator[Fault]:
    """Yield what a preset has against a video.

    Args:
        info: What the video is.
        asked: What the network takes.
        container: `mp4`, `mov`, `webm`, or another.
        has_b_frames: Pictures are stored in another order than they are shown in.
    """
    codecs = {sound.codec for sound in info.sounds}
    yield from _others("container", "file format", {container}, asked.containers)
    yield from _others("video_codec", "codec of pictures", {info.codec}, asked.video_codecs)
    yield from _others("pixel_format", "pixel format", {info.pix_fmt}, asked.pixel_formats)
    yield from _others("audio_codec", "codec of sound", codecs, asked.audio_codecs)
    yield from measured(info, asked)
    yield from demanded(info, asked, has_b_frames=has_b_frames)


def _others(code: FaultCode, what: str, got: set[str], allowed: tuple[str, ...]) -> Iterator[Fault]:
    for other in sorted(got.difference(allowed)):
        yield fault(code, f"the {what} {' or '.join(allowed)}", other, f"convert it to {allowed[0]}")


def _container(path: Path, info: VideoInfo) -> str:
    if info.container == "mp4":
        return "mov" if info.brand == _QUICKTIME else "mp4"
    with path.open("rb") as file:
        return "webm" if b"webm" in file.read(_HEAD) else "mkv"


def _damages(path: Path, program: str, limits: VideoLimits) -> Iterator[Fault]:
    problem = decoding_problem(path, program=program, limits=limits)
    if problem is not None:
        yield fault("damaged", "a video that can be decoded to its end", problem, "make it or send it again")
