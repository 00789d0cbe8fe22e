"""Every clip's colours as BT.709 in 8 bits and limited range, which networks and players expect."""

from __future__ import annotations

from postengine.render.image.geometry import Size
from postengine.render.video.ffmpeg.graph import Stream

from .info import Colour, VideoInfo

_PLAIN = frozenset({"yuv420p", "yuv422p", "yuv444p"})
_MATRICES = frozenset({1, 4, 5, 6, 7, 8, 9})
_PRIMARIES = frozenset({1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22})
_RGB, _BT709, _PAL, _NTSC, _BT2020 = 0, 1, 5, 6, 9

_WHITE_NITS = 203
"""How bright white paper is in HDR: ITU-R BT.2408, table 1. What is brighter is rolled off above it."""
_HDR_NITS = 1000


def to_bt709(clip: Stream, info: VideoInfo, size: Size) -> Stream:
    """Return a clip scaled to `size`, in yuv420p, BT.709, limited range.

    HDR is mapped so that most of it keeps its brightness, and lights fade into white.
    """
    colour = guessed(info)
    if info.pix_fmt in _PLAIN and colour == Colour(_BT709, _BT709, _BT709):
        return clip.filtered("scale", size.width, size.height, flags="bicubic").filtered("format", "yuv420p")
    if colour.matrix == _RGB:
        clip = clip.filtered("format", "gbrp")
    if colour.is_hdr:
        return _mapped(clip.filtered("scale", size.width, size.height, flags="bicubic"), colour)
    return clip.filtered(
        "zscale",
        size.width,
        size.height,
        filter="bicubic",
        dither="ordered",
        **_told(colour),
        matrix=_BT709,
        primaries=_BT709,
        transfer=_BT709,
        range="limited",
    ).filtered("format", "yuv420p")


def guessed(info: VideoInfo) -> Colour:
    """Return what a clip's pixels mean, where it does not say so as players take it: by its size.

    Curves of ordinary screens are all taken as BT.709's: players do not tell them apart, and neither should a
    conversion.
    """
    is_rgb = info.pix_fmt.startswith(("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal"))
    colour = info.colour
    matrix = colour.matrix if colour.matrix in _MATRICES else _matrix_by_size(info)
    primaries = (
        colour.primaries if colour.primaries in _PRIMARIES else matrix if matrix == _BT2020 else _BT709
    )
    transfer = colour.transfer if colour.is_hdr else _BT709
    return Colour(primaries, transfer, _RGB if is_rgb else matrix, colour.is_full or is_rgb)


def _matrix_by_size(info: VideoInfo) -> int:
    if max(info.width, info.height) >= 1280 or min(info.width, info.height) >= 720:
        return _BT709
    return _PAL if info.height in {288, 576} else _NTSC


def _told(colour: Colour) -> dict[str, int | str]:
    return {
        "matrixin": colour.matrix,
        "primariesin": colour.primaries,
        "transferin": colour.transfer,
        "rangein": "full" if colour.is_full else "limited",
    }


def _mapped(clip: Stream, colour: Colour) -> Stream:
    """Map HDR through linear light; curves of the tone map were compared by the grey that each gives."""
    linear = clip.filtered("zscale", **_told(colour), transfer="linear", npl=_WHITE_NITS)
    narrow = linear.filtered("format", "gbrpf32le").filtered("zscale", primaries=_BT709)
    toned = narrow.filtered("tonemap", "mobius", peak=f"{_HDR_NITS / _WHITE_NITS:.3f}", desat=0)
    return toned.filtered(
        "zscale", transfer=_BT709, matrix=_BT709, range="limited", dither="ordered"
    ).filtered("format", "yuv420p")
