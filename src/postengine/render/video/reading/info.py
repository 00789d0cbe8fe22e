"""What a video is, in numbers and names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from postengine.render.image.geometry import Size

from .turn import Turn

_PQ, _HLG = 16, 18


@dataclass(frozen=True)
class Colour:
    """How pixels mean colours, in the numbers of ITU-T H.273; 2 is "unknown".

    Attributes:
        primaries: 1 is BT.709, 9 is BT.2020.
        transfer: 1 is BT.709, 16 is PQ, 18 is HLG.
        matrix: 1 is BT.709, 5 and 6 are BT.601, 9 is BT.2020.
        is_full: 0 to 255 instead of 16 to 235.
    """

    primaries: int = 2
    transfer: int = 2
    matrix: int = 2
    is_full: bool = False

    @property
    def is_hdr(self) -> bool:
        """Whether it is brighter than white can be on an ordinary screen."""
        return self.transfer in {_PQ, _HLG}


@dataclass(frozen=True)
class SoundInfo:
    """One sound track.

    Attributes:
        codec: Such as `aac`.
        profile: Such as `LC`, if the codec has any.
        rate_hz: Samples a second.
        channels: How many.
        bit_rate: Bits a second as the file claims, 0 if it does not.
    """

    codec: str
    profile: str | None
    rate_hz: int
    channels: int
    bit_rate: int


@dataclass(frozen=True)
class VideoInfo:
    """What a video is.

    Attributes:
        width: In pixels, as they are stored; see `shown`.
        height: In pixels, as they are stored.
        fps: Frames a second, on average.
        frames: Counted, since a file that is cut short still claims its full length.
        duration_s: Until the end of the last counted frame.
        codec: Such as `h264` or `hevc`.
        profile: Such as `High` or `Main 10`, if the codec has any.
        pix_fmt: Such as `yuv420p` or `yuv420p10le`.
        colour: What the pixels mean.
        turn: How they are turned before they are shown.
        sar: Width by height of one pixel.
        is_interlaced: Every frame holds two half pictures.
        is_vfr: Frames are shown for different lengths of time.
        is_closed_gop: Nothing that follows a key frame is shown before it.
        bit_rate: Of the pictures, in bits a second, from the counted bytes.
        sounds: One for each sound track.
        container: `mp4` (also MOV and 3GP) or `matroska` (also WebM).
        brand: The main brand of an MP4, such as `isom`; empty if there is none.
        is_index_first: An MP4's index stands before its content.
        edit_lists: How many tracks of an MP4 have one.
        size_bytes: Of the file.
    """

    width: int
    height: int
    fps: float
    frames: int
    duration_s: float
    codec: str
    profile: str | None
    pix_fmt: str
    colour: Colour
    turn: Turn
    sar: Fraction
    is_interlaced: bool
    is_vfr: bool
    is_closed_gop: bool
    bit_rate: int
    sounds: tuple[SoundInfo, ...]
    container: str
    brand: str
    is_index_first: bool
    edit_lists: int
    size_bytes: int

    @property
    def has_audio(self) -> bool:
        """There is a sound track."""
        return bool(self.sounds)

    @property
    def shown(self) -> Size:
        """Width and height as it is shown: with square pixels, upright, rounded."""
        width = max(round(self.width * self.sar), 1)
        return Size(self.height, width) if self.turn.swaps_sides else Size(width, self.height)

    @property
    def rotation(self) -> int:
        """Clockwise turn before it is shown, in degrees."""
        return self.turn.quarters * 90
