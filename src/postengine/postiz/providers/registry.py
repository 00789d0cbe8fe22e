"""The models of all providers, by their identifiers on the wire."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from .facebook import FacebookSettings
from .generated import (
    BlueskySettings,
    DevToSettings,
    DiscordSettings,
    DribbbleSettings,
    HashnodeSettings,
    KickSettings,
    LemmySettings,
    ListmonkSettings,
    MastodonSettings,
    MediumSettings,
    MoltbookSettings,
    NostrSettings,
    SkoolSettings,
    SlackSettings,
    TumblrSettings,
    TwitchSettings,
    VkSettings,
    WhopSettings,
    WordPressSettings,
    WrapcastSettings,
)
from .gmb import GmbSettings
from .instagram import InstagramSettings, InstagramStandaloneSettings
from .linkedin import LinkedinPageSettings, LinkedinSettings
from .mewe import MeWeSettings
from .pinterest import PinterestSettings
from .reddit import RedditSettings
from .settings import ProviderSettings
from .tiktok import TikTokBusinessSettings, TikTokSettings
from .without_settings import TelegramSettings, ThreadsSettings
from .x import XSettings
from .youtube import YoutubeSettings

__all__ = ["SETTINGS_MODELS", "AnySettings"]

AnySettings = Annotated[
    XSettings
    | LinkedinSettings
    | LinkedinPageSettings
    | FacebookSettings
    | InstagramSettings
    | InstagramStandaloneSettings
    | ThreadsSettings
    | BlueskySettings
    | MastodonSettings
    | TikTokSettings
    | TikTokBusinessSettings
    | YoutubeSettings
    | PinterestSettings
    | GmbSettings
    | TelegramSettings
    | RedditSettings
    | LemmySettings
    | DiscordSettings
    | SlackSettings
    | KickSettings
    | TwitchSettings
    | WrapcastSettings
    | NostrSettings
    | VkSettings
    | MoltbookSettings
    | SkoolSettings
    | WhopSettings
    | MeWeSettings
    | TumblrSettings
    | DribbbleSettings
    | MediumSettings
    | DevToSettings
    | HashnodeSettings
    | WordPressSettings
    | ListmonkSettings,
    Field(discriminator="provider"),
]
"""The settings of any provider; `__type` (in Python `provider`) tells whose they are."""

_MODELS: tuple[type[ProviderSettings], ...] = (
    XSettings, LinkedinSettings, LinkedinPageSettings, FacebookSettings, InstagramSettings,
    InstagramStandaloneSettings, ThreadsSettings, BlueskySettings, MastodonSettings, TikTokSettings,
    TikTokBusinessSettings, YoutubeSettings, PinterestSettings, GmbSettings, TelegramSettings, RedditSettings,
    LemmySettings, DiscordSettings, SlackSettings, KickSettings, TwitchSettings, WrapcastSettings,
    NostrSettings, VkSettings, MoltbookSettings, SkoolSettings, WhopSettings, MeWeSettings, TumblrSettings,
    DribbbleSettings, MediumSettings, DevToSettings, HashnodeSettings, WordPressSettings, ListmonkSettings,
)  # fmt: skip

SETTINGS_MODELS = MappingProxyType({str(model.model_fields["provider"].default): model for model in _MODELS})
"""Each provider's model by its identifier."""
