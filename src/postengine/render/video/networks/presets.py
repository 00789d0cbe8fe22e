"""Every network's preset, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from postengine.render.video.spec import PresetName

from .meta import (
    FACEBOOK_FEED,
    FACEBOOK_REEL,
    INSTAGRAM_FEED,
    INSTAGRAM_REEL,
    INSTAGRAM_STORY,
    WHATSAPP_MESSAGE,
    WHATSAPP_STATUS,
)
from .others import LINKEDIN, PINTEREST, TIKTOK, YOUTUBE, YOUTUBE_SHORT, X
from .preset import Preset

PRESETS: Mapping[PresetName, Preset] = MappingProxyType(
    {
        preset.name: preset
        for preset in (
            INSTAGRAM_REEL,
            INSTAGRAM_STORY,
            INSTAGRAM_FEED,
            TIKTOK,
            YOUTUBE_SHORT,
            YOUTUBE,
            FACEBOOK_REEL,
            FACEBOOK_FEED,
            LINKEDIN,
            X,
            PINTEREST,
            WHATSAPP_STATUS,
            WHATSAPP_MESSAGE,
        )
    }
)
"""All of them, in the order of `PresetName`."""


def preset(name: PresetName) -> Preset:
    """Return what a network takes."""
    return PRESETS[name]


def h264_profile(name: PresetName | None) -> Literal["high", "baseline"]:
    """Return the H.264 profile that a network's viewers can play; `baseline` has no B-frames."""
    return "baseline" if name is not None and "simple_h264" in preset(name).demands else "high"
