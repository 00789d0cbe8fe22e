"""Whether a file is a sound, of which kind, and how long: by what it holds and not by what it claims."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition

from postengine.render.errors import MediaUnreadable
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading.whole import is_cut_short

from .source import look, opened_sound

_SOUNDS = (b"ID3", b"fLaC", b"OggS")
_EITHER = b"\x1a\x45\xdf\xa3"
"""WebM and MKV; MP4 tells itself by its fifth byte on."""
_MIMES = {
    "mov": "audio/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "matroska": "audio/webm",
    "aac": "audio/aac",
}
_SLACK_S = 0.5
"""By which a file may be shorter than it says: encoders round up to packets."""


@dataclass(frozen=True)
class Heard:
    """A file that is heard and not seen; a cover does not count.

    Attributes:
        mime: Such as `audio/mpeg`.
        duration_s: Until the end of the last counted packet.
    """

    mime: str
    duration_s: float


def is_sound(path: Path) -> bool:
    """Whether a file begins as sounds do, or is an MP4 or WebM without moving pictures."""
    with path.open("rb") as file:
        head = file.read(12)
    if head.startswith(_SOUNDS) or (head[:4] == b"RIFF" and head[8:] == b"WAVE"):
        return True
    if head[:1] == b"\xff" and head[1:2] >= b"\xe0":  # a frame of MP3 or AAC; a JPEG goes on with D8
        return True
    return (head[4:8] == b"ftyp" or head.startswith(_EITHER)) and _is_unseen(path)


def listen(path: Path, limits: VideoLimits | None = None) -> Heard:
    """Return what a sound is. All of its packets are counted; only the first that can be is decoded.

    Args:
        path: An MP3, M4A, WAV, FLAC, Ogg, AAC or WebM file, or a video, whose sound is meant.
        limits: Of bytes and seconds.

    Raises:
        MediaUnreadable: It is none, is cut short, or holds no sound that can be decoded.
        MediaTooLarge: It is, or claims to be, beyond a limit.
    """
    limits = limits or VideoLimits()
    file = look(path, limits)
    if not file.has_sound:
        raise MediaUnreadable(path, "it has no sound")
    with opened_sound(path, limits) as container:
        kind = container.format.name.split(",")[0]
        heard = Heard(_MIMES[kind], _counted(path, container))
    told = file.seconds if file.is_told and file.seconds is not None else heard.duration_s
    if is_cut_short(path) or heard.duration_s < told - _SLACK_S:
        raise MediaUnreadable(path, f"it is cut short, {heard.duration_s:.1f} of {told:.1f} s")
    return heard


def _counted(path: Path, container: InputContainer) -> float:
    """Return how many seconds there are.

    Raises:
        MediaUnreadable: Nothing of it can be decoded.
    """
    stream, seconds, has_frame = container.streams.audio[0], 0.0, False
    for packet in container.demux(stream):
        if packet.pts is not None and packet.duration is not None:
            seconds = max(seconds, float((packet.pts + packet.duration) * packet.time_base))
        has_frame = has_frame or _is_decoded(packet)
    if not has_frame:
        raise MediaUnreadable(path, "it holds no sound that can be decoded")
    return seconds


def _is_decoded(packet: Packet[AudioStream]) -> bool:
    try:
        return bool(packet.decode())
    except av.error.FFmpegError:  # many good files begin with a packet of junk
        return False


def _is_unseen(path: Path) -> bool:
    try:
        with opened_sound(path, VideoLimits()) as container:
            shown = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
            return bool(container.streams.audio) and not shown
    except MediaUnreadable:
        return False
