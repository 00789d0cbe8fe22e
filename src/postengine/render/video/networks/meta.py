"""What Instagram, Facebook and WhatsApp take.

Meta's pages and the copies of them contradict each other; a comment says so where it happens, and the figure
here is then the one that is refused least.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from postengine.render.image.geometry import Size

from .bounds import Bounds
from .preset import Demand, Insets, Preset, Source

_AS_OF = date(2026, 11, 24)
_MB = 1_000_000
_TALL = Size(1080, 1920)

_SAFE_ZONES = Source(
    "Meta", "Business Help Centre, safe zones of stories and reels: 14 %, 35 %, 6 %", is_copy=True
)
_INSTAGRAM = Source(
    "Meta",
    "Instagram Platform, IG User Media: specifications of reels and stories",
    "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media",
    is_copy=True,
)
_FACEBOOK_REELS = Source(
    "Meta", "Reels Publishing API", "https://developers.facebook.com/docs/video-api/guides/reels-publishing/"
)
_WHATSAPP = Source(
    "Meta",
    "WhatsApp Cloud API, video messages",
    "https://developers.facebook.com/docs/whatsapp/cloud-api/messages/video-messages",
    is_copy=True,
)
_TO_STREAM: frozenset[Demand] = frozenset({"index_first", "no_edit_lists", "closed_gop", "progressive"})

# 14 % above and 35 % below are Meta's own, the same for reels and stories since March 2026. At the sides Meta
# says 6 %, which leaves out the column of buttons on the right; it is 120 px wide there.
_REEL = Insets(top=269, right=120, bottom=672, left=65)
# Until then Meta said 14 % and 20 % for stories: what the app covers when there is no advert's button.
_STORY = Insets(top=269, right=65, bottom=384, left=65)

INSTAGRAM_REEL = Preset(
    name="instagram_reel",
    label="Instagram reel",
    suggested=_TALL,
    sources=(_INSTAGRAM, _SAFE_ZONES),
    as_of=_AS_OF,
    aspect=Bounds(0.01, 10),
    width_px=Bounds(most=1920),
    fps=Bounds(23, 60),
    # Older copies say 60 or 90 s.
    seconds=Bounds(3, 900),
    # Copies say 300 MB or 1 GB.
    size_bytes=Bounds(most=300 * _MB),
    rate_kbps=Bounds(most=25_000),
    sample_rate_hz=Bounds(most=48_000),
    demands=_TO_STREAM,
    covered=_REEL,
)
INSTAGRAM_STORY = replace(
    INSTAGRAM_REEL,
    name="instagram_story",
    label="Instagram story",
    aspect=Bounds(0.1, 10),
    seconds=Bounds(3, 60),
    size_bytes=Bounds(most=100 * _MB),
    covered=_STORY,
)
# A video alone in a post becomes a reel; this is what one among several may be.
INSTAGRAM_FEED = replace(
    INSTAGRAM_REEL,
    name="instagram_feed",
    label="Instagram post",
    suggested=Size(1080, 1350),
    aspect=Bounds(4 / 5, 16 / 9),
    seconds=Bounds(3, 60),
    size_bytes=Bounds(most=100 * _MB),
    covered=None,
)
FACEBOOK_REEL = Preset(
    name="facebook_reel",
    label="Facebook reel",
    suggested=_TALL,
    sources=(_FACEBOOK_REELS, _SAFE_ZONES),
    as_of=_AS_OF,
    containers=("mp4",),
    video_codecs=("h264", "hevc", "vp9", "av1"),
    aspect=Bounds(9 / 16, 9 / 16),
    short_px=Bounds(least=540),
    long_px=Bounds(least=960),
    fps=Bounds(24, 60),
    # 60 s at most when the reel is to be a story as well.
    seconds=Bounds(3, 90),
    # Meta says nothing; copies say 1 or 2 GB.
    size_bytes=Bounds(most=1000 * _MB),
    sample_rate_hz=Bounds(most=48_000),
    demands=frozenset({"closed_gop", "progressive", "fixed_rate"}),
    covered=_REEL,
)
FACEBOOK_FEED = Preset(
    name="facebook_feed",
    label="Facebook post",
    suggested=Size(1080, 1350),
    sources=(Source("Third parties", "Guides to videos of Facebook pages"),),
    as_of=_AS_OF,
    video_codecs=("h264", "hevc", "vp9", "av1"),
    aspect=Bounds(9 / 16, 16 / 9),
    fps=Bounds(most=60),
    seconds=Bounds(1, 240 * 60),
    # Copies say 2, 4 or 10 GB.
    size_bytes=Bounds(most=2000 * _MB),
)
WHATSAPP_MESSAGE = Preset(
    name="whatsapp_message",
    label="WhatsApp message",
    suggested=_TALL,
    sources=(_WHATSAPP,),
    as_of=_AS_OF,
    containers=("mp4",),
    video_codecs=("h264",),
    pixel_formats=("yuv420p",),
    size_bytes=Bounds(most=16 * _MB),
    # Android's app does not play H.264's High profile with B-frames.
    demands=frozenset({"index_first", "simple_h264"}),
)
WHATSAPP_STATUS = replace(
    WHATSAPP_MESSAGE,
    name="whatsapp_status",
    label="WhatsApp status",
    sources=(_WHATSAPP, Source("Third parties", "News of WhatsApp: a status may last a minute since 2024")),
    seconds=Bounds(most=60),
    covered=_STORY,
)
