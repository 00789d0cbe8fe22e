"""What every pass over a sound track needs."""

from __future__ import annotations

from dataclasses import dataclass

from postengine.render.video.limits import VideoLimits


@dataclass(frozen=True)
class TrackSettings:
    """How a sound track is made.

    Attributes:
        program: Path of ffmpeg.
        limits: How long it may stand still, and how much it may write.
        bit_rate_kbps: Of AAC.
    """

    program: str
    limits: VideoLimits
    bit_rate_kbps: int = 128
