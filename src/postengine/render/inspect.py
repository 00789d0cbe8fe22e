"""What an uploaded file is: a picture, an MP4 or a sound, told by its bytes and never by its name."""

from __future__ import annotations

from pathlib import Path

from .image.info import picture_info
from .output import Rendered
from .video.reading.probe import probe
from .video.sound.listening import is_sound, listen

_FTYP = b"ftyp"
_PICTURES = frozenset({b"avif", b"avis", b"heic", b"heix", b"mif1"})


def inspect_file(path: Path) -> Rendered:
    """Return what a file is, having read all of it; a sound is 0 pixels wide and high.

    Raises:
        PhotoUnreadable: It is no picture that can be used.
        MediaUnreadable: It calls itself an MP4 or a sound and is none.
        MediaTooLarge: It is a video or a sound beyond a limit.
    """
    size_bytes = path.stat().st_size
    if is_sound(path):
        sound = listen(path)
        return Rendered(path, sound.mime, 0, 0, sound.duration_s, size_bytes)
    if is_video(path):
        video = probe(path)
        return Rendered(path, "video/mp4", video.width, video.height, video.duration_s, size_bytes)
    picture = picture_info(path)
    return Rendered(path, picture.mime, picture.width_px, picture.height_px, None, size_bytes)


def is_video(path: Path) -> bool:
    """Whether a file calls itself an MP4 or MOV in its first bytes, and no picture in that container."""
    with path.open("rb") as file:
        head = file.read(12)
    return head[4:8] == _FTYP and head[8:12] not in _PICTURES
