"""Whether a video has B-frames, which are shown in another order than they are stored in."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from postengine.render.video.limits import VideoLimits

from .opening import opened_clip, pictures_in

_LOOKED_AT = 600


def has_b_frames(path: Path, limits: VideoLimits) -> bool:
    """Return whether one of the first 600 pictures is shown before one that is stored ahead of it.

    Raises:
        MediaUnreadable: It is no video, or is damaged.
        MediaTooLarge: It has more bytes than `limits.source_bytes`.
    """
    with opened_clip(path, limits) as container:
        packets = islice(container.demux(pictures_in(path, container)), _LOOKED_AT)
        times = [packet.pts for packet in packets if packet.pts is not None]
    return times != sorted(times)
