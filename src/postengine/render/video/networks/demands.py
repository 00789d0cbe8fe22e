"""What a preset asks of a video beside numbers: yes or no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postengine.render.video.reading.info import VideoInfo

from .fault import Fault, FaultCode, fault
from .preset import Demand, Preset

_SIMPLE = frozenset({"Baseline", "Constrained Baseline", "Main"})

_WORDS: Mapping[Demand, tuple[FaultCode, str, str, str]] = {
    "index_first": (
        "index",
        "the index (moov) before the content",
        "it behind",
        "write it with `-movflags +faststart`",
    ),
    "no_edit_lists": ("edit_list", "no edit list", "one in a track", "write it with `-use_editlist 0`"),
    "closed_gop": ("gop", "closed groups of pictures", "open ones", "encode it with `-flags +cgop`"),
    "progressive": ("interlaced", "whole pictures", "half ones", "deinterlace it"),
    "fixed_rate": (
        "frame_rate_varies",
        "an even pace of frames",
        "an uneven one",
        "encode it with `-fps_mode cfr`",
    ),
    "square_pixels": ("pixel_shape", "square pixels", "others", "scale it to square ones"),
    "simple_h264": (
        "profile",
        "H.264 in its Main or Baseline profile without B-frames",
        "another profile, or B-frames",
        "encode it with `-profile:v main -bf 0`",
    ),
}
"""Code, what is expected, what came instead, and what to do."""


def demanded(info: VideoInfo, asked: Preset, *, has_b_frames: bool) -> Iterator[Fault]:
    """Yield a fault for each demand that is not met."""
    is_met: Mapping[Demand, bool] = {
        "index_first": info.is_index_first,
        "no_edit_lists": info.edit_lists == 0,
        "closed_gop": info.is_closed_gop,
        "progressive": not info.is_interlaced,
        "fixed_rate": not info.is_vfr,
        "square_pixels": info.sar == 1,
        "simple_h264": info.codec != "h264" or (info.profile in _SIMPLE and not has_b_frames),
    }
    for demand, words in _WORDS.items():
        if demand in asked.demands and not is_met[demand]:
            yield fault(*words)
