"""How much a video may ask for: of pixels, seconds, bytes and patience."""

from __future__ import annotations

import math
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

    Raises:
        ValueError: One is not above 0, or infinite.
    """

    photo_pixels: int = MAX_PHOTO_PIXELS
    clip_pixels: int = 4096 * 4096
    clip_s: float = 2 * 3600.0
    source_bytes: int = 4096 * _MIB
    video_s: float = 900.0
    output_bytes: int = 2048 * _MIB
    stall_s: float = 30.0

    @property
    def of_a_finished_video(self) -> VideoLimits:
        """The same for a video that was made under these limits and is read as a clip."""
        longest_s = self.video_s + 1.0  # packets of sound may reach beyond the last frame
        return VideoLimits(clip_s=longest_s, source_bytes=self.output_bytes, stall_s=self.stall_s)

    def __post_init__(self) -> None:
        for name, most in vars(self).items():
            if not 0 < most < math.inf:
                raise ValueError(f"Expected `{name}` above 0 and finite, got {most}.")
