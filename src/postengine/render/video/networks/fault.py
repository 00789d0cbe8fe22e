"""What a network would refuse about a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultCode = Literal[
    "unreadable",
    "damaged",
    "container",
    "index",
    "edit_list",
    "video_codec",
    "pixel_format",
    "profile",
    "gop",
    "interlaced",
    "pixel_shape",
    "frame_rate",
    "frame_rate_varies",
    "aspect",
    "width",
    "short_side",
    "long_side",
    "seconds",
    "size_bytes",
    "rate",
    "audio_codec",
    "sample_rate",
    "channels",
    "sound_tracks",
]


@dataclass(frozen=True)
class Fault:
    """One thing that a network would refuse.

    Attributes:
        code: What kind of thing.
        message: What was expected, what came, and what to do.
    """

    code: FaultCode
    message: str


def fault(code: FaultCode, expected: str, got: str, remedy: str) -> Fault:
    """Return a fault in the words that all of them have."""
    return Fault(code, f"Expected {expected}, got {got}; {remedy}.")
