"""What the packets of a stream add up to: a file that is damaged or forged may claim anything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from postengine.render.errors import MediaTooLarge

_MOST_FRAMES = 2_000_000
_EVEN_S = 0.002
"""Frames are at an even pace if their times differ by less than this from it: MKV rounds to milliseconds."""


@dataclass
class Packets:
    """All packets of a stream, counted; times in its time base.

    Attributes:
        pts: When each frame is shown, in the order in which they are stored.
        end: When the last has been shown.
        size_bytes: Of all.
        is_closed: No frame is shown before the key frame that it is stored after.
        first: The first frame that could be decoded.
    """

    pts: list[int] = field(default_factory=list[int])
    end: int = 0
    size_bytes: int = 0
    is_closed: bool = True
    first: VideoFrame | None = None
    _key_pts: int = 0

    def add(self, packet: Packet[VideoStream]) -> None:
        """Count one more."""
        pts = packet.pts if packet.pts is not None else packet.dts or 0
        if packet.is_keyframe:
            self._key_pts = pts
        elif pts < self._key_pts:
            self.is_closed = False
        self.pts.append(pts)
        self.end = max(self.end, pts + (packet.duration or 0))
        self.size_bytes += packet.size

    @property
    def pace(self) -> Fraction:
        """How long a frame is shown on average; 0 if the file does not tell."""
        if len(self.pts) > 1:
            return Fraction(max(self.pts) - min(self.pts), len(self.pts) - 1)
        return Fraction(self.end - self.pts[0]) if self.pts else Fraction(0)

    def is_even(self, base: Fraction) -> bool:
        """Whether each frame is shown as long as the others; `base` is in seconds."""
        times, begins = sorted(self.pts), min(self.pts, default=0)
        pace, allowed = float(self.pace), max(_EVEN_S / base, 2.0)
        return all(abs(at - begins - number * pace) <= allowed for number, at in enumerate(times))


def counted(path: Path, container: InputContainer, stream: VideoStream) -> Packets:
    """Read all packets of a stream, and decode its first frame.

    Raises:
        MediaTooLarge: There are more than two millions.
    """
    found = Packets()
    for packet in container.demux(stream):
        if found.first is None:
            found.first = next(iter(packet.decode()), None)
        if packet.size and not packet.is_discard:
            found.add(packet)
        if len(found.pts) > _MOST_FRAMES:
            raise MediaTooLarge(f"the frames of {path.name!r}", limit=_MOST_FRAMES, got=len(found.pts))
    return found
