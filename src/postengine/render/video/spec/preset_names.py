"""The networks that videos are made for, by name; `networks/` says what each of them takes."""

from __future__ import annotations

from typing import Literal

PresetName = Literal[
    "instagram_reel",
    "instagram_story",
    "instagram_feed",
    "tiktok",
    "youtube_short",
    "youtube",
    "facebook_reel",
    "facebook_feed",
    "linkedin",
    "x",
    "pinterest",
    "whatsapp_status",
    "whatsapp_message",
]
