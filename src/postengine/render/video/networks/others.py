"""What TikTok, YouTube, LinkedIn, X and Pinterest take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from postengine.render.image.geometry import Size

from .bounds import Bounds
from .preset import Insets, Preset, Source

_AS_OF = date(2026, 11, 24)
_MB = 1_000_000
_TALL = Size(1080, 1920)
_OPEN_CODECS = ("h264", "hevc", "vp8", "vp9", "av1")

_ENCODING = Source(
    "YouTube", "Recommended upload encoding settings", "https://support.google.com/youtube/answer/1722171"
)
_UPLOADS = Source(
    "YouTube",
    "Upload videos longer than 15 minutes",
    "https://support.google.com/youtube/answer/71673",
    is_copy=True,
)

TIKTOK = Preset(
    name="tiktok",
    label="TikTok",
    suggested=_TALL,
    sources=(
        Source(
            "TikTok",
            "Content Posting API, media transfer guide",
            "https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide",
            is_copy=True,
        ),
        Source(
            "Third parties", "Guides to TikTok's safe zones, which TikTok draws for each length of caption"
        ),
    ),
    as_of=_AS_OF,
    containers=("mp4", "mov", "webm"),
    video_codecs=("h264", "hevc", "vp8", "vp9"),
    audio_codecs=("aac", "mp3", "opus", "vorbis"),
    short_px=Bounds(least=360),
    long_px=Bounds(most=4096),
    fps=Bounds(23, 60),
    # An account may have a lower limit of its own. The least is from third parties.
    seconds=Bounds(3, 600),
    # Third parties say 1 or 10 GB.
    size_bytes=Bounds(most=4000 * _MB),
    covered=Insets(top=150, right=150, bottom=440, left=60),
)
YOUTUBE = Preset(
    name="youtube",
    label="YouTube",
    suggested=Size(1920, 1080),
    sources=(_ENCODING, _UPLOADS),
    as_of=_AS_OF,
    containers=("mp4", "mov", "webm"),
    video_codecs=_OPEN_CODECS,
    audio_codecs=("aac", "mp3", "opus", "vorbis"),
    fps=Bounds(most=60),
    # More than 15 minutes only from verified accounts.
    seconds=Bounds(most=12 * 3600),
    size_bytes=Bounds(most=256_000 * _MB),
    sample_rate_hz=Bounds(most=96_000),
    channels=Bounds(1, 6),
    demands=frozenset({"index_first", "no_edit_lists", "progressive"}),
)
YOUTUBE_SHORT = replace(
    YOUTUBE,
    name="youtube_short",
    label="YouTube Short",
    suggested=_TALL,
    sources=(
        Source(
            "YouTube",
            "Understand three-minute YouTube Shorts",
            "https://support.google.com/youtube/answer/15424877",
        ),
        _ENCODING,
        Source("Third parties", "Guides to safe zones of Shorts"),
    ),
    aspect=Bounds(most=1),
    seconds=Bounds(most=180),
    covered=Insets(top=288, right=140, bottom=480, left=48),
)
LINKEDIN = Preset(
    name="linkedin",
    label="LinkedIn",
    suggested=Size(1080, 1350),
    sources=(
        Source(
            "Microsoft",
            "LinkedIn Videos API",
            "https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api",
            is_copy=True,
        ),
        Source("Third parties", "Copies of LinkedIn's help on video sharing"),
    ),
    as_of=_AS_OF,
    containers=("mp4",),
    video_codecs=("h264",),
    aspect=Bounds(1 / 2.4, 2.4),
    short_px=Bounds(144, 2304),
    long_px=Bounds(256, 4096),
    fps=Bounds(10, 60),
    # Posts by hand: 10 or 15 minutes and 5 GB, as copies say.
    seconds=Bounds(3, 30 * 60),
    size_bytes=Bounds(75_000, 500 * _MB),
    rate_kbps=Bounds(most=30_000),
)
X = Preset(
    name="x",
    label="X",
    suggested=_TALL,
    sources=(
        Source(
            "X", "Media upload, best practices", "https://docs.x.com/x-api/media/quickstart/best-practices"
        ),
    ),
    as_of=_AS_OF,
    video_codecs=("h264",),
    pixel_formats=("yuv420p", "yuvj420p"),
    aspect=Bounds(1 / 3, 3),
    # The same page says 1280x1024 at most and 1080p for subscribers; copies say 1920x1200.
    short_px=Bounds(32, 1200),
    long_px=Bounds(32, 1920),
    fps=Bounds(most=60),
    # So say the copies, and X itself for direct messages. For posts X now says 20 minutes and 8 GB.
    seconds=Bounds(0.5, 140),
    size_bytes=Bounds(most=512 * _MB),
    demands=frozenset({"closed_gop", "progressive", "square_pixels"}),
)
PINTEREST = Preset(
    name="pinterest",
    label="Pinterest",
    suggested=Size(1080, 1350),
    sources=(
        Source(
            "Pinterest",
            "Pinterest product specs",
            "https://help.pinterest.com/en/business/article/pinterest-product-specs",
        ),
    ),
    as_of=_AS_OF,
    aspect=Bounds(1 / 2, 1.91),
    seconds=Bounds(4, 15 * 60),
    # Third parties say 1 GB for uploads by its API.
    size_bytes=Bounds(most=1000 * _MB),
)
