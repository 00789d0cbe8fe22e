"""From a clip's own frames to the video's: ffmpeg's filters that turn, fit and colour them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from postengine.render.image.geometry import CENTRE, Focus, Size, cover
from postengine.render.video.ffmpeg.graph import Option, Stream, joined

from .colours import to_bt709
from .info import VideoInfo
from .turn import Turn

_BACKDROP_SHRINK, _BACKDROP_LIGHT = 8, 0.72
"""The same as beneath a photo; see `postengine.render.image.photo`."""


@dataclass(frozen=True)
class Look:
    """How a clip is shown.

    Attributes:
        size: Of every frame, both sides even.
        fps: Frames a second.
        fit: Fill the picture, or show all of the clip over a blurred picture of itself.
        focus: The point that stays in view.
    """

    size: Size
    fps: int
    fit: Literal["cover", "contain"] = "cover"
    focus: Focus = CENTRE


def shown(clip: Stream, info: VideoInfo, look: Look) -> Stream:
    """Return a clip at a steady pace, upright, at its size, in 8 bits of BT.709."""
    if info.is_interlaced:
        clip = clip.filtered("bwdif", mode="send_frame", parity="auto", deint="interlaced")
    paced = clip.filtered("fps", fps=look.fps, start_time=0, round="near")
    upright = _turned(paced, info.turn)
    if look.fit == "cover":
        return to_bt709(_covered(upright, _stored(info), info.shown, look), info, look.size)
    part = _inside(info.shown, look.size)
    whole = to_bt709(upright, info, part)
    return whole if part == look.size else _over_backdrop(whole, part, look)


def _turned(clip: Stream, turn: Turn) -> Stream:
    if turn.is_mirrored:
        clip = clip.filtered("hflip")
    if turn.quarters == 2:
        return clip.filtered("hflip").filtered("vflip")
    return clip.filtered("transpose", {1: "clock", 3: "cclock"}[turn.quarters]) if turn.quarters else clip


def _stored(info: VideoInfo) -> Size:
    """Return the size in the clip's own pixels, upright."""
    return Size(info.height, info.width) if info.turn.swaps_sides else Size(info.width, info.height)


def _covered(clip: Stream, stored: Size, seen: Size, look: Look) -> Stream:
    """Crop what is too much, before there is more work with it; `seen` is `stored` in square pixels."""
    window = cover(seen, look.size, look.focus)
    across, down = stored.width / seen.width, stored.height / seen.height
    width, height = max(round(window.width * across), 1), max(round(window.height * down), 1)
    if (width, height) == stored:
        return clip
    return clip.filtered("crop", width, height, round(window.x * across), round(window.y * down))


def _inside(seen: Size, size: Size) -> Size:
    """Return how large the whole of a clip can be, in even pixels."""
    scale = min(size.width / seen.width, size.height / seen.height)
    return Size(*(max(round(side * scale / 2) * 2, 2) for side in seen))


def _over_backdrop(whole: Stream, part: Size, look: Look) -> Stream:
    above, below = whole.split(2)
    small = Size(*(max(side // _BACKDROP_SHRINK, 2) for side in look.size))
    blurred = (
        _covered(below, part, part, look)
        .filtered("scale", small.width, small.height, flags="area")
        .filtered("gblur", sigma=max(small) / 32)
    )
    ground = _dimmed(blurred).filtered("scale", look.size.width, look.size.height, flags="bicubic")
    left, top = ((outer - inner) // 2 for outer, inner in zip(look.size, part, strict=True))
    return joined((ground, above), "overlay", left, top, format="yuv420")


def _dimmed(clip: Stream) -> Stream:
    colour: Option = f"(val-128)*{_BACKDROP_LIGHT}+128"
    return clip.filtered("lutyuv", y=f"(val-16)*{_BACKDROP_LIGHT}+16", u=colour, v=colour)
