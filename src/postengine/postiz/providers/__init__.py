"""What each provider of Postiz can be told: typed settings, and what is wrong with them."""

from __future__ import annotations

from .check import SettingsInvalid as SettingsInvalid
from .check import settings_for as settings_for
from .facebook import FacebookSettings as FacebookSettings
from .generated import BlueskySettings as BlueskySettings
from .generated import DevToSettings as DevToSettings
from .generated import DiscordSettings as DiscordSettings
from .generated import DribbbleSettings as DribbbleSettings
from .generated import HashnodeSettings as HashnodeSettings
from .generated import KickSettings as KickSettings
from .generated import LemmySettings as LemmySettings
from .generated import ListmonkSettings as ListmonkSettings
from .generated import MastodonSettings as MastodonSettings
from .generated import MediumSettings as MediumSettings
from .generated import MoltbookSettings as MoltbookSettings
from .generated import NostrSettings as NostrSettings
from .generated import SkoolSettings as SkoolSettings
from .generated import SlackSettings as SlackSettings
from .generated import TumblrSettings as TumblrSettings
from .generated import TwitchSettings as TwitchSettings
from .generated import VkSettings as VkSettings
from .generated import WhopSettings as WhopSettings
from .generated import WordPressSettings as WordPressSettings
from .generated import WrapcastSettings as WrapcastSettings
from .gmb import GmbSettings as GmbSettings
from .instagram import InstagramSettings as InstagramSettings
from .instagram import InstagramStandaloneSettings as InstagramStandaloneSettings
from .linkedin import LinkedinPageSettings as LinkedinPageSettings
from .linkedin import LinkedinSettings as LinkedinSettings
from .mewe import MeWeSettings as MeWeSettings
from .pinterest import PinterestSettings as PinterestSettings
from .reddit import RedditSettings as RedditSettings
from .registry import SETTINGS_MODELS as SETTINGS_MODELS
from .registry import AnySettings as AnySettings
from .settings import ProviderSettings as ProviderSettings
from .settings import RawSettings as RawSettings
from .settings import Settings as Settings
from .tiktok import TikTokBusinessSettings as TikTokBusinessSettings
from .tiktok import TikTokLocation as TikTokLocation
from .tiktok import TikTokSettings as TikTokSettings
from .values import Audio as Audio
from .values import Label as Label
from .values import MediaFile as MediaFile
from .values import NumberedTag as NumberedTag
from .values import Tag as Tag
from .without_settings import TelegramSettings as TelegramSettings
from .without_settings import ThreadsSettings as ThreadsSettings
from .x import XSettings as XSettings
from .youtube import YoutubeSettings as YoutubeSettings

__all__ = [
    "SETTINGS_MODELS",
    "AnySettings",
    "Audio",
    "BlueskySettings",
    "DevToSettings",
    "DiscordSettings",
    "DribbbleSettings",
    "FacebookSettings",
    "GmbSettings",
    "HashnodeSettings",
    "InstagramSettings",
    "InstagramStandaloneSettings",
    "KickSettings",
    "Label",
    "LemmySettings",
    "LinkedinPageSettings",
    "LinkedinSettings",
    "ListmonkSettings",
    "MastodonSettings",
    "MeWeSettings",
    "MediaFile",
    "MediumSettings",
    "MoltbookSettings",
    "NostrSettings",
    "NumberedTag",
    "PinterestSettings",
    "ProviderSettings",
    "RawSettings",
    "RedditSettings",
    "Settings",
    "SettingsInvalid",
    "SkoolSettings",
    "SlackSettings",
    "Tag",
    "TelegramSettings",
    "ThreadsSettings",
    "TikTokBusinessSettings",
    "TikTokLocation",
    "TikTokSettings",
    "TumblrSettings",
    "TwitchSettings",
    "VkSettings",
    "WhopSettings",
    "WordPressSettings",
    "WrapcastSettings",
    "XSettings",
    "YoutubeSettings",
    "settings_for",
]
