"""Which shape a picture or video has on which kind of channel."""

from __future__ import annotations

from .post import MediaItem, MediaKind

SHAPES = ("square", "portrait", "story", "landscape", "link")
"""1080x1080, 1080x1350, 1080x1920, 1920x1080, and 1200x628 as a link's preview."""

_PICTURES = {
    "instagram": "portrait",
    "instagram-standalone": "portrait",
    "facebook": "portrait",
    "threads": "portrait",
    "linkedin": "square",
    "linkedin-page": "square",
    "x": "link",
    "facebook_group": "square",
    "tiktok": "story",
    "tiktok-business": "story",
    "whatsapp_status": "story",
    "tiktok_personal": "story",
}


def shape_for(item: MediaItem, channel_kind: str) -> str:
    """Return one of `SHAPES`: the item's own, else the channel's; videos stand upright."""
    if item.shape is not None:
        return item.shape
    if item.kind is MediaKind.REEL:
        return "story"
    return _PICTURES.get(channel_kind, "square")
