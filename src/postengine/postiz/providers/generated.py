"""The settings of the providers whose rules are all in their schemas.

Written by scripts/provider_settings; do not edit.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool, StringConstraints

from .settings import ProviderSettings, camel_name
from .values import LooseUrl, MediaFile, NumberedTag, Tag, Value, WebUrl

__all__ = [
    "BlueskySettings",
    "DevToSettings",
    "DiscordSettings",
    "DribbbleSettings",
    "HashnodeSettings",
    "KickSettings",
    "LemmySettings",
    "ListmonkSettings",
    "MastodonSettings",
    "MeWeSettings",
    "MediumSettings",
    "MoltbookSettings",
    "NostrSettings",
    "RedditSettings",
    "SkoolSettings",
    "SlackSettings",
    "TumblrSettings",
    "TwitchSettings",
    "VkSettings",
    "WhopSettings",
    "WordPressSettings",
    "WrapcastSettings",
]


class BlueskySettings(ProviderSettings):
    """`bluesky` has no settings."""

    provider: Literal["bluesky"] = "bluesky"


class DevToSettings(ProviderSettings):
    """Settings of `devto`."""

    provider: Literal["devto"] = "devto"
    title: Annotated[str, StringConstraints(min_length=2)]
    main_image: MediaFile | None = None
    canonical: LooseUrl | None = None
    organization: str | None = None
    tags: Annotated[tuple[NumberedTag, ...], Field(max_length=4)] | None = None


class DiscordSettings(ProviderSettings):
    """Settings of `discord`."""

    provider: Literal["discord"] = "discord"
    channel: Annotated[str, StringConstraints(min_length=1)]


class DribbbleSettings(ProviderSettings):
    """Settings of `dribbble`."""

    provider: Literal["dribbble"] = "dribbble"
    title: Annotated[str, StringConstraints(min_length=1)]
    team: WebUrl | None = None


class HashnodeSettings(ProviderSettings):
    """Settings of `hashnode`."""

    provider: Literal["hashnode"] = "hashnode"
    title: Annotated[str, StringConstraints(min_length=6)]
    publication: str
    tags: Annotated[tuple[Tag, ...], Field(min_length=1)]
    subtitle: Annotated[str, StringConstraints(min_length=2)] | None = None
    main_image: MediaFile | None = None
    canonical: LooseUrl | None = None


class KickSettings(ProviderSettings):
    """`kick` has no settings."""

    provider: Literal["kick"] = "kick"


class LemmySubredditValue(Value):
    """A part of the settings of `lemmy`."""

    subreddit: Annotated[str, StringConstraints(min_length=2)]
    id: str
    title: Annotated[str, StringConstraints(min_length=2)]
    url: WebUrl | None = None


class LemmySubreddit(Value):
    """A part of the settings of `lemmy`."""

    value: LemmySubredditValue


class LemmySettings(ProviderSettings):
    """Settings of `lemmy`."""

    provider: Literal["lemmy"] = "lemmy"
    subreddit: Annotated[tuple[LemmySubreddit, ...], Field(min_length=1)]


class ListmonkSettings(ProviderSettings):
    """Settings of `listmonk`."""

    provider: Literal["listmonk"] = "listmonk"
    subject: Annotated[str, StringConstraints(min_length=1)]
    preview: str
    list: str
    template: str | None = None


class MastodonSettings(ProviderSettings):
    """`mastodon` has no settings."""

    provider: Literal["mastodon"] = "mastodon"


class MediumSettings(ProviderSettings):
    """Settings of `medium`."""

    provider: Literal["medium"] = "medium"
    title: Annotated[str, StringConstraints(min_length=2)]
    subtitle: Annotated[str, StringConstraints(min_length=2)]
    canonical: LooseUrl | None = None
    publication: str | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=4)] | None = None


class MeWeSettings(ProviderSettings):
    """Settings of `mewe`."""

    model_config = ConfigDict(alias_generator=camel_name)

    provider: Literal["mewe"] = "mewe"
    post_type: Literal["timeline", "group"]
    group: Annotated[str, StringConstraints(min_length=1)] | None = None


class MoltbookSettings(ProviderSettings):
    """Settings of `moltbook`."""

    provider: Literal["moltbook"] = "moltbook"
    submolt: Annotated[str, StringConstraints(min_length=1)]


class NostrSettings(ProviderSettings):
    """`nostr` has no settings."""

    provider: Literal["nostr"] = "nostr"


class RedditSubredditValueFlair(Value):
    """A part of the settings of `reddit`."""

    id: str
    name: str


class RedditSubredditValue(Value):
    """A part of the settings of `reddit`."""

    subreddit: Annotated[str, StringConstraints(min_length=2)]
    title: Annotated[str, StringConstraints(min_length=2)]
    type: Annotated[str, StringConstraints(min_length=2)]
    is_flair_required: StrictBool
    url: LooseUrl | None = None
    flair: RedditSubredditValueFlair | None = None


class RedditSubreddit(Value):
    """A part of the settings of `reddit`."""

    value: RedditSubredditValue


class RedditSettings(ProviderSettings):
    """Settings of `reddit`."""

    provider: Literal["reddit"] = "reddit"
    subreddit: Annotated[tuple[RedditSubreddit, ...], Field(min_length=1)]


class SkoolSettings(ProviderSettings):
    """Settings of `skool`."""

    provider: Literal["skool"] = "skool"
    group: Annotated[str, StringConstraints(min_length=1)]
    label: Annotated[str, StringConstraints(min_length=1)]
    title: Annotated[str, StringConstraints(min_length=1)]


class SlackSettings(ProviderSettings):
    """Settings of `slack`."""

    provider: Literal["slack"] = "slack"
    channel: Annotated[str, StringConstraints(min_length=1)]


class TumblrSettings(ProviderSettings):
    """Settings of `tumblr`."""

    model_config = ConfigDict(alias_generator=camel_name)

    provider: Literal["tumblr"] = "tumblr"
    title: Annotated[str, StringConstraints(min_length=1, max_length=4096)] | None = None
    link: LooseUrl | None = None
    source_url: LooseUrl | None = None
    tags: Annotated[str, StringConstraints(max_length=4096)] | None = None


class TwitchSettings(ProviderSettings):
    """Settings of `twitch`."""

    model_config = ConfigDict(alias_generator=camel_name)

    provider: Literal["twitch"] = "twitch"
    message_type: Literal["message", "announcement"] | None = None
    announcement_color: Literal["primary", "blue", "green", "orange", "purple"] | None = None


class VkSettings(ProviderSettings):
    """`vk` has no settings."""

    provider: Literal["vk"] = "vk"


class WhopSettings(ProviderSettings):
    """Settings of `whop`."""

    provider: Literal["whop"] = "whop"
    company: Annotated[str, StringConstraints(min_length=1)]
    experience: Annotated[str, StringConstraints(min_length=1)]
    title: str | None = None


class WordPressSettings(ProviderSettings):
    """Settings of `wordpress`."""

    provider: Literal["wordpress"] = "wordpress"
    title: Annotated[str, StringConstraints(min_length=2)]
    type: str
    main_image: MediaFile | None = None
    categories: tuple[int, ...] | None = None
    tags: tuple[int, ...] | None = None
    status: Literal["publish", "draft", "pending", "private"] | None = None


class WrapcastSubredditValue(Value):
    """A part of the settings of `wrapcast`."""

    id: str


class WrapcastSubreddit(Value):
    """A part of the settings of `wrapcast`."""

    value: WrapcastSubredditValue


class WrapcastSettings(ProviderSettings):
    """Settings of `wrapcast`."""

    provider: Literal["wrapcast"] = "wrapcast"
    subreddit: tuple[WrapcastSubreddit, ...] | None = None
