"""Which network's rules a video for a kind of channel is made by."""

from __future__ import annotations

from collections.abc import Mapping

_PRESETS = {
    "instagram": "instagram_reel",
    "instagram-standalone": "instagram_reel",
    "facebook": "facebook_reel",
    "facebook_group": "facebook_feed",
    "tiktok": "tiktok",
    "tiktok-business": "tiktok",
    "tiktok_personal": "tiktok",
    "linkedin": "linkedin",
    "linkedin-page": "linkedin",
    "x": "x",
    "pinterest": "pinterest",
    "whatsapp_status": "whatsapp_status",
}

SECONDS: Mapping[str, tuple[float, float]] = {
    "instagram_reel": (3, 900),
    "instagram_story": (3, 60),
    "instagram_feed": (3, 60),
    "tiktok": (3, 600),
    "youtube_short": (0, 180),
    "youtube": (0, 43_200),
    "facebook_reel": (3, 90),
    "facebook_feed": (1, 14_400),
    "linkedin": (3, 1_800),
    "x": (0.5, 140),
    "pinterest": (4, 900),
    "whatsapp_status": (0, 60),
}
"""The shortest and the longest video that each preset's network takes, in seconds."""


def preset_for(channel_kind: str, shape: str, settings: Mapping[str, object]) -> str | None:
    """Return the name of the preset, or None where no rules are known; channels of one preset share a video.

    Args:
        channel_kind: As of a channel.
        shape: Of the video.
        settings: The provider's, which may ask for a story.
    """
    is_instagram = channel_kind.startswith("instagram")
    if is_instagram and settings.get("post_type") == "story":
        return "instagram_story"
    if shape == "story":
        return "youtube_short" if channel_kind == "youtube" else _PRESETS.get(channel_kind)
    upright = {"instagram_reel": "instagram_feed", "facebook_reel": "facebook_feed"}
    preset = "youtube" if channel_kind == "youtube" else _PRESETS.get(channel_kind)
    return upright.get(preset, preset) if preset else None
