"""The providers by name: longest text, settings, and the tools that `integration-trigger` calls.

The texts of the schemas (descriptions, rules) are left out; names, limits and what is required are the
server's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_AUDIENCE = (
    "duet stitch comment autoAddMusic brand_content_toggle brand_organic_toggle content_posting_method"
)


@dataclass(frozen=True)
class Provider:
    """What `integration-settings` tells of one.

    Attributes:
        longest: Characters of a post's text.
        required: Names of the settings without which a post is refused.
        optional: Names of the others; no name at all says that there are no settings.
        tools: Methods of `integration-trigger`, each with the keys of its data.
    """

    longest: int
    required: str = ""
    optional: str = ""
    tools: Mapping[str, tuple[str, ...]] | None = None

    def settings(self) -> tuple[str, ...]:
        """Return the names of all settings."""
        return (*self.required.split(), *self.optional.split())


_INSTAGRAM_MORE = "is_trial_reel graduation_strategy collaborators audio"
_POST_OR_PAGE = Provider(3000)

PROVIDERS: Mapping[str, Provider] = {
    "bluesky": Provider(300),
    "devto": Provider(
        100_000, "title tags", "main_image canonical organization", {"tags": (), "organizations": ()}
    ),
    "discord": Provider(1980, "channel", tools={"channels": ()}),
    "dribbble": Provider(40_000, "title", "team", {"teams": ()}),
    "facebook": Provider(63_206, "", "url post_type text_format_preset_id"),
    "gmb": Provider(
        1500,
        "",
        "topicType callToActionType callToActionUrl eventTitle eventStartDate eventEndDate eventStartTime "
        "eventEndTime offerCouponCode offerRedeemUrl offerTerms",
    ),
    "hashnode": Provider(
        10_000,
        "title publication tags",
        "subtitle main_image canonical",
        {"tagsList": (), "publications": ()},
    ),
    "instagram": Provider(2200, "post_type", _INSTAGRAM_MORE, {"audioSearch": ("q", "type")}),
    "instagram-standalone": Provider(2200, "post_type", _INSTAGRAM_MORE),
    "kick": Provider(500),
    "lemmy": Provider(10_000, "subreddit", tools={"subreddits": ("word",)}),
    "linkedin": _POST_OR_PAGE,
    "linkedin-page": _POST_OR_PAGE,
    "listmonk": Provider(100_000_000, "subject preview list", "template", {"list": (), "templates": ()}),
    "mastodon": Provider(500),
    "medium": Provider(100_000, "title subtitle", "canonical publication tags", {"publications": ()}),
    "mewe": Provider(63_206, "postType", "group", {"groups": ()}),
    "moltbook": Provider(300),
    "nostr": Provider(100_000),
    "pinterest": Provider(500, "board", "title link dominant_color", {"boards": ()}),
    "reddit": Provider(10_000, "subreddit", tools={"subreddits": ("word",), "restrictions": ("subreddit",)}),
    "skool": Provider(5000, "group label title", tools={"groups": (), "label": ()}),
    "slack": Provider(400_000, "channel", tools={"channels": ()}),
    "telegram": Provider(4096),
    "threads": Provider(500),
    "tiktok": Provider(2000, f"privacy_level {_AUDIENCE}", "title video_made_with_ai music location"),
    "tiktok-business": Provider(
        2200,
        f"privacy_level {_AUDIENCE}",
        "title video_made_with_ai music location",
        {"musicSearch": ("genre",), "locationSearch": ("q",)},
    ),
    "tumblr": Provider(32_768, "", "title link sourceUrl tags"),
    "twitch": Provider(500, "", "messageType announcementColor"),
    "vk": Provider(2048),
    "whop": Provider(50_000, "company experience", "title", {"companies": (), "experiences": ()}),
    "wordpress": Provider(
        100_000,
        "title type",
        "main_image categories tags status",
        {"postTypes": (), "categoriesList": (), "tagsList": ()},
    ),
    "wrapcast": Provider(800, "", "subreddit", {"subreddits": ("word",)}),
    # X refuses a post without who_can_reply_post; its schema does not say so.
    "x": Provider(
        280,
        "",
        "community who_can_reply_post post_type article_title article_status article_cover made_with_ai "
        "paid_partnership",
    ),
    "youtube": Provider(5000, "title type", "selfDeclaredMadeForKids thumbnail tags"),
}
