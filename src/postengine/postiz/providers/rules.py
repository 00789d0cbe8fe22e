"""What each provider takes, as data: text, comments, media, tools.

(V) is checked by Postiz when a post is made, (P) by the network when it is published: then the post fails at
its hour. Source: Postiz at 74b01ad, read and measured 2026-11-24; (P) as Postiz's own texts and the networks
name them. What depends on a post's settings is beside those settings, in `providers/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

__all__ = ["PROVIDERS", "Editor", "MediaRule", "Provider"]

Editor = Literal["normal", "markdown", "html"]

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class MediaRule:
    """What media a post takes; None is no limit.

    Attributes:
        fewest: Of pictures and videos together.
        most: Of both together.
        most_images: Of pictures.
        most_videos: Of videos.
        may_mix: Pictures and videos in one post.
        image_formats: By extension, `jpg` for every JPEG.
        image_most_bytes: Of one picture, less than this.
        image_sizes_px: The only sizes that pictures may have.
        image_short_side_most_px: Of a picture's shorter side.
        video_short_side_least_px: Of a video's shorter side.
        must_be_equal: All pictures have the size of the first.
        first_is_image: The first one is a picture.
    """

    fewest: int = 0
    most: int | None = None
    most_images: int | None = None
    most_videos: int | None = None
    may_mix: bool = True
    image_formats: tuple[str, ...] | None = None
    image_most_bytes: int | None = None
    image_sizes_px: tuple[tuple[int, int], ...] | None = None
    image_short_side_most_px: int | None = None
    video_short_side_least_px: int | None = None
    must_be_equal: bool = False
    first_is_image: bool = False


@dataclass(frozen=True, kw_only=True)
class Provider:
    """What is the same for every post of a provider.

    Attributes:
        longest: Of the text, in UTF-16 units (X: or in its weights, if they are more).
        longest_verified: The same for a verified account.
        longest_article: The same for an article.
        editor: How content becomes text: without tags, as Markdown, or as HTML.
        has_comments: Without, only the post itself is published, and comments are lost in silence.
        comments_take_media: Whether comments may have pictures.
        media: What media it takes.
        tools: Names of its tools for `integration-trigger`, with the keys of their data.
    """

    longest: int
    longest_verified: int | None = None
    longest_article: int | None = None
    editor: Editor = "normal"
    has_comments: bool = True
    comments_take_media: bool = True
    media: MediaRule = MediaRule()
    tools: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


_LINKEDIN = Provider(
    longest=3000,
    comments_take_media=False,  # V
    media=MediaRule(most_videos=1, may_mix=False),  # V
)
_INSTAGRAM = MediaRule(fewest=1, most=10)  # V (on its own: the most is P)
_TIKTOK = MediaRule(
    fewest=1,  # V
    most_images=35,  # V for businesses, else P
    most_videos=1,  # V
    may_mix=False,  # V
    image_short_side_most_px=1080,  # P
    video_short_side_least_px=720,  # P
)

PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        "x": Provider(
            longest=280,
            longest_verified=4000,
            longest_article=100_000,
            editor="html",
            media=MediaRule(most_images=4, most_videos=1, may_mix=False),  # P
        ),
        "linkedin": _LINKEDIN,
        "linkedin-page": _LINKEDIN,
        "facebook": Provider(
            longest=63_206,
            media=MediaRule(image_formats=("jpg", "png"), image_most_bytes=4 * _MEBIBYTE),  # P
        ),
        "instagram": Provider(longest=2200, media=_INSTAGRAM, tools={"audioSearch": ("q", "type")}),
        "instagram-standalone": Provider(longest=2200, media=_INSTAGRAM),
        "threads": Provider(longest=500),
        "bluesky": Provider(longest=300, media=MediaRule(most_images=4, most_videos=1, may_mix=False)),  # V
        "mastodon": Provider(longest=500),
        "tiktok": Provider(longest=2000, has_comments=False, media=_TIKTOK),
        "tiktok-business": Provider(
            longest=2200,
            has_comments=False,
            media=_TIKTOK,
            tools={"musicSearch": ("genre",), "locationSearch": ("q",)},
        ),
        "youtube": Provider(
            longest=5000,
            has_comments=False,
            media=MediaRule(fewest=1, most=1, most_images=0),  # V
        ),
        "pinterest": Provider(
            longest=500,
            has_comments=False,
            media=MediaRule(
                fewest=1, most=5, most_videos=1, must_be_equal=True
            ),  # V, but two videos pass there
            tools={"boards": ()},
        ),
        "gmb": Provider(
            longest=1500,
            has_comments=False,
            media=MediaRule(most_images=1, most_videos=0),  # V
        ),
        "telegram": Provider(longest=4096, editor="html"),
        "reddit": Provider(longest=10_000, tools={"subreddits": ("word",), "restrictions": ("subreddit",)}),
        "lemmy": Provider(
            longest=10_000,
            media=MediaRule(first_is_image=True),  # V
            tools={"subreddits": ("word",)},
        ),
        "discord": Provider(longest=1980, editor="markdown", tools={"channels": ()}),
        "slack": Provider(longest=400_000, tools={"channels": ()}),
        "kick": Provider(longest=500),
        "twitch": Provider(longest=500),
        "wrapcast": Provider(
            longest=800,
            media=MediaRule(most_videos=0),  # V
            tools={"subreddits": ("word",)},
        ),
        "nostr": Provider(longest=100_000),
        "vk": Provider(longest=2048),
        "moltbook": Provider(longest=300),
        "skool": Provider(longest=5000, tools={"groups": (), "label": ()}),
        "whop": Provider(longest=50_000, editor="markdown", tools={"companies": (), "experiences": ()}),
        "mewe": Provider(longest=63_206, has_comments=False, tools={"groups": ()}),
        "tumblr": Provider(
            longest=32_768,
            has_comments=False,
            media=MediaRule(most_images=30, most_videos=1),  # V
        ),
        "dribbble": Provider(
            longest=40_000,
            has_comments=False,
            media=MediaRule(fewest=1, most=1, most_videos=0, image_sizes_px=((400, 300), (800, 600))),  # V
            tools={"teams": ()},
        ),
        "medium": Provider(
            longest=100_000, editor="markdown", has_comments=False, tools={"publications": ()}
        ),
        "devto": Provider(
            longest=100_000,
            editor="markdown",
            has_comments=False,
            tools={"tags": (), "organizations": ()},
        ),
        "hashnode": Provider(
            longest=10_000,
            editor="markdown",
            has_comments=False,
            tools={"tagsList": (), "publications": ()},
        ),
        "wordpress": Provider(
            longest=100_000,
            editor="html",
            has_comments=False,
            tools={"postTypes": (), "categoriesList": (), "tagsList": ()},
        ),
        "listmonk": Provider(
            longest=100_000_000,
            editor="html",
            has_comments=False,
            tools={"list": (), "templates": ()},
        ),
    }
)
