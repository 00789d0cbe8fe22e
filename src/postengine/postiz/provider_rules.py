"""What each provider takes, as data: text length, media, settings.

Source: Postiz at 74b01ad (its DTOs and provider checks), measured 2026-11-24; X's media rule is X's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Choice:
    """A setting that is one of `values`."""

    name: str
    values: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True)
class Text:
    """A setting that is text of `shortest` to `longest` characters."""

    name: str
    shortest: int = 0
    longest: int | None = None
    is_required: bool = False


@dataclass(frozen=True)
class Flag:
    """A setting that is true or false."""

    name: str
    is_required: bool = False


@dataclass(frozen=True)
class MediaRule:
    """How many pictures and videos a post takes.

    Attributes:
        fewest: Of both together.
        most: Of both together; None is no limit.
        most_images: None is no limit.
        most_videos: None is no limit.
        may_mix: Pictures and videos in one post.
    """

    fewest: int = 0
    most: int | None = None
    most_images: int | None = None
    most_videos: int | None = None
    may_mix: bool = True


@dataclass(frozen=True)
class ProviderRules:
    """The rules of one provider.

    Attributes:
        longest: Of the text, in UTF-16 units (X: the longer of those and its weights).
        media: Of the post itself; comments are not looked at.
        settings: Those that Postiz checks.
    """

    longest: int
    media: MediaRule = MediaRule()
    settings: tuple[Choice | Text | Flag, ...] = ()


_LINKEDIN = ProviderRules(
    3000, MediaRule(most_videos=1, may_mix=False), (Flag("post_as_images_carousel"), Text("carousel_name"))
)

RULES: MappingProxyType[str, ProviderRules] = MappingProxyType(
    {
        "x": ProviderRules(
            280,
            MediaRule(most_images=4, most_videos=1, may_mix=False),
            (
                Choice(
                    "who_can_reply_post",
                    ("everyone", "following", "mentionedUsers", "subscribers", "verified"),
                    is_required=True,
                ),
                Flag("made_with_ai"),
                Flag("paid_partnership"),
            ),
        ),
        "linkedin": _LINKEDIN,
        "linkedin-page": _LINKEDIN,
        "facebook": ProviderRules(63_206, settings=(Choice("post_type", ("post", "story")),)),
        "instagram": ProviderRules(
            2200,
            MediaRule(fewest=1, most=10),
            (
                Choice("post_type", ("post", "story"), is_required=True),
                Choice("graduation_strategy", ("MANUAL", "SS_PERFORMANCE")),
            ),
        ),
        "threads": ProviderRules(500),
        "tiktok": ProviderRules(
            2000,
            MediaRule(fewest=1, most_videos=1, may_mix=False),
            (
                Text("title", longest=90),
                Choice(
                    "privacy_level",
                    ("PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY"),
                    is_required=True,
                ),
                Flag("duet", is_required=True),
                Flag("stitch", is_required=True),
                Flag("comment", is_required=True),
                Choice("autoAddMusic", ("yes", "no"), is_required=True),
                Flag("brand_content_toggle", is_required=True),
                Flag("brand_organic_toggle", is_required=True),
                Choice("content_posting_method", ("DIRECT_POST", "UPLOAD"), is_required=True),
            ),
        ),
        "youtube": ProviderRules(
            5000,
            MediaRule(fewest=1, most=1, most_images=0, most_videos=1),
            (
                Text("title", shortest=2, longest=100, is_required=True),
                Choice("type", ("public", "private", "unlisted"), is_required=True),
                Choice("selfDeclaredMadeForKids", ("yes", "no")),
            ),
        ),
        "pinterest": ProviderRules(
            500,
            MediaRule(fewest=1, most=5, most_videos=1),
            (Text("board", shortest=1, is_required=True), Text("title", longest=100)),
        ),
        "gmb": ProviderRules(
            1500,
            MediaRule(most_images=1, most_videos=0),
            (
                Choice("topicType", ("STANDARD", "EVENT", "OFFER")),
                Choice(
                    "callToActionType",
                    ("NONE", "BOOK", "ORDER", "SHOP", "LEARN_MORE", "SIGN_UP", "GET_OFFER", "CALL"),
                ),
            ),
        ),
        "telegram": ProviderRules(4096),
    }
)
