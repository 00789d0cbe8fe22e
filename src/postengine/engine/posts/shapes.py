"""Which shape a picture or video has on which kind of channel."""

from __future__ import annotations

from .post import MediaKind

_PICTURES = {
    "instagram": "portrait",
    "instagram-standalone": "portrait",
    "facebook": "portrait",
    "threads": "portrait",
    "linkedin": "square",
    "linkedin-page": "square",
    "x": "landscape",
    "facebook_group": "square",
    "tiktok": "story",
    "tiktok-business": "story",
    "whatsapp_status": "story",
    "tiktok_personal": "story",
}


def shape_for(kind: MediaKind, channel_kind: str) -> str:
    """Return `square`, `portrait`, `story` or `landscape`; videos always stand upright."""
    if kind is MediaKind.REEL:
        return "story"
    return _PICTURES.get(channel_kind, "square")
