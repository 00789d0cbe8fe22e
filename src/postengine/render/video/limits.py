"""How much a video may ask for: of pixels, seconds, bytes and patience."""

from __future__ import annotations

from dataclasses import dataclass

from postengine.render.image.photo import MAX_PHOTO_PIXELS

_MIB = 1024 * 1024


@dataclass(frozen=True)
class VideoLimits:
    """Bounds on what goes in, what comes out, and how long a child process may stand still.

    Attributes:
        photo_pixels: Of one photo.
        clip_pixels: Of one frame of a clip.
        clip_s: Length of one clip or sound file, as far as it is used and as it claims.
        source_bytes: Of one file that is handed over.
        video_s: Of the finished video.
        output_bytes: Of the finished file; the kernel stops ffmpeg there.
        stall_s: ffmpeg is killed when it does nothing for so many seconds.
    """

    photo_pixels: int = MAX_PHOTO_PIXELS
    clip_pixels: int = 4096 * 4096
    clip_s: float = 2 * 3600.0
    source_bytes: int = 4096 * _MIB
    video_s: float = 900.0
    output_bytes: int = 2048 * _MIB
    stall_s: float = 30.0
