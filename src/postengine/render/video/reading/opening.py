"""Opening a stranger's video with PyAV so that it can open nothing else, and not be larger than allowed."""

from __future__ import annotations

import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from postengine.render.errors import MediaTooLarge, MediaUnreadable
from postengine.render.video.limits import VideoLimits

from .whole import is_cut_short

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
"""What cameras, phones and browsers write. Other formats, such as playlists, name files to be opened."""

PROTOCOLS = "file"


@contextmanager
def opened_clip(path: Path, limits: VideoLimits) -> Generator[InputContainer]:
    """Open a video to read its packets.

    Raises:
        MediaUnreadable: It is no MP4, MOV, MKV or WebM file, or is cut short; also for what PyAV raises
            within the block.
        MediaTooLarge: It has more bytes than `limits.source_bytes`.
    """
    require_file(path, limits)
    if is_cut_short(path):
        raise MediaUnreadable(path, "it is cut short")
    options = {
        "format_whitelist": FORMATS,
        "protocol_whitelist": PROTOCOLS,
        "max_pixels": str(limits.clip_pixels),
        "threads": "1",
    }
    try:
        with _open(path, options, limits) as container:
            yield container
    except (av.error.FFmpegError, OSError) as error:
        raise MediaUnreadable(
            path, f"it cannot be read ({error.strerror or type(error).__name__})"
        ) from error


def _open(path: Path, options: dict[str, str], limits: VideoLimits) -> InputContainer:
    try:
        return av.open(file_address(path), options=options, metadata_errors="replace", timeout=limits.stall_s)
    except ValueError as error:  # of another format, or what a damaged header makes of PyAV's own checks
        raise MediaUnreadable(path, "it is no MP4, MOV, MKV or WebM file, or it is damaged") from error


def pictures_in(path: Path, container: InputContainer) -> VideoStream:
    """Return the first stream of pictures that is not the file's cover.

    Raises:
        MediaUnreadable: There is none.
    """
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    raise MediaUnreadable(path, "it has no pictures")


def require_file(path: Path, limits: VideoLimits) -> None:
    """Make sure that a path is a plain file and not too large: a named pipe could hang its reader.

    Raises:
        MediaUnreadable: It is none.
        MediaTooLarge: It has more bytes than `limits.source_bytes`.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise MediaUnreadable(path, error.strerror or "it cannot be opened") from error
    if not stat.S_ISREG(found.st_mode):
        raise MediaUnreadable(path, "it is no plain file")
    if found.st_size == 0:
        raise MediaUnreadable(path, "it is empty")
    if found.st_size > limits.source_bytes:
        raise MediaTooLarge(f"the bytes of {path.name!r}", limit=limits.source_bytes, got=found.st_size)


def file_address(path: Path) -> str:
    """Return how ffmpeg is told of a file, so that no part of its name is taken for anything else."""
    return f"file:{path.absolute()}"
