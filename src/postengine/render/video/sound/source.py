"""Looking into a file for its sound, before it is decoded."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer

from postengine.render.errors import MediaTooLarge, MediaUnreadable
from postengine.render.video.limits import VideoLimits

from .wire import SAFE_FILE

_TELLS = frozenset({"mov", "wav", "flac"})
"""Formats that say how long each track is; for the others ffmpeg guesses, or tells of the whole file."""

_SLACK_BYTES = 4096
"""Some programs count a WAV's own head wrong."""


@dataclass(frozen=True)
class SoundFile:
    """A file and its first sound track.

    Attributes:
        path: Absolute.
        channels: 0 if there is no sound.
        seconds: How long it is; None if nobody knows.
        is_told: The file says so itself; if less comes out of it, it is cut short.
    """

    path: Path
    channels: int
    seconds: float | None
    is_told: bool

    @property
    def has_sound(self) -> bool:
        """There is a sound track."""
        return self.channels > 0


def look(path: Path, limits: VideoLimits) -> SoundFile:
    """Return what a file's first sound track is.

    Raises:
        MediaUnreadable: It is no file, or none of a kind with sound.
        MediaTooLarge: It has more bytes, or claims more seconds, than `limits` allow.
    """
    path = path.absolute()
    _require_size(path, limits)
    with opened_sound(path, limits) as container:
        found = _found(path, container)
    if found.seconds is not None and found.seconds > limits.clip_s:
        raise MediaTooLarge(f"the seconds of {path.name!r}", limit=limits.clip_s, got=found.seconds)
    return found


@contextmanager
def opened_sound(path: Path, limits: VideoLimits) -> Generator[InputContainer]:
    """Open a file to look for its sound; what it may show is held to `limits` as well.

    Raises:
        MediaUnreadable: It is of no kind with sound; also for what PyAV raises within the block.
    """
    options = {**SAFE_FILE, "max_pixels": str(limits.clip_pixels), "threads": "1"}
    address, patience_s = str(path.absolute()), limits.stall_s
    try:
        with av.open(address, options=options, metadata_errors="replace", timeout=patience_s) as container:
            yield container
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaUnreadable(
            path, "it is no MP3, M4A, WAV, FLAC, Ogg, MP4, MOV, MKV or WebM file, or it is damaged"
        ) from error


def _require_size(path: Path, limits: VideoLimits) -> None:
    if not path.is_file():
        raise MediaUnreadable(path, "there is no such file")
    size_bytes = path.stat().st_size
    if size_bytes == 0:
        raise MediaUnreadable(path, "it is empty")
    if size_bytes > limits.source_bytes:
        raise MediaTooLarge(f"the bytes of {path.name!r}", limit=limits.source_bytes, got=size_bytes)
    _require_whole_wave(path, size_bytes)


def _require_whole_wave(path: Path, size_bytes: int) -> None:
    """Refuse a WAV that is shorter than it says: ffmpeg takes what is there for the whole."""
    with path.open("rb") as file:
        head = file.read(8)
    told = int.from_bytes(head[4:], "little") + 8
    is_streamed = told >= 2**32 - 1  # written by a program that never knew the length
    if head.startswith(b"RIFF") and not is_streamed and told > size_bytes + _SLACK_BYTES:
        raise MediaUnreadable(path, f"it is cut short, {size_bytes} of {told} bytes")


def _found(path: Path, container: InputContainer) -> SoundFile:
    if not container.streams.audio:
        return SoundFile(path, channels=0, seconds=None, is_told=False)
    stream = container.streams.audio[0]
    # PyAV has no context for a codec that it does not know, though its types say otherwise.
    channels = int(getattr(stream.codec_context, "channels", 0))
    if not channels:
        raise MediaUnreadable(path, "its sound is of an unknown kind")
    kind = container.format.name.split(",")[0]
    return SoundFile(path, channels, _seconds(container, stream), kind in _TELLS)


def _seconds(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / av.time_base
