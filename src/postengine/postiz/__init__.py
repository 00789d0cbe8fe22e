"""An SDK for the public API of Postiz. It knows nothing of posts in our sense, nor of queues."""

from __future__ import annotations

from .address import api_url as api_url
from .answer import Answer as Answer
from .answer import read_answer as read_answer
from .async_client import AsyncPostizClient as AsyncPostizClient
from .budget import Budget as Budget
from .budget import InMemoryBudget as InMemoryBudget
from .call import Call as Call
from .client import PostizClient as PostizClient
from .content import to_content as to_content
from .content_build import Block as Block
from .content_build import Bullets as Bullets
from .content_build import Content as Content
from .content_build import Heading as Heading
from .content_build import Paragraph as Paragraph
from .content_build import bullets as bullets
from .content_build import heading as heading
from .content_build import paragraph as paragraph
from .content_inline import Inline as Inline
from .content_inline import Mention as Mention
from .content_inline import Run as Run
from .content_inline import bold as bold
from .content_inline import link as link
from .content_inline import underline as underline
from .content_read import from_content as from_content
from .conversation import Conversation as Conversation
from .draft_post import DraftComment as DraftComment
from .draft_post import DraftPost as DraftPost
from .draft_post import TargetChannel as TargetChannel
from .errors import FieldProblem as FieldProblem
from .errors import PostizAnswerInvalid as PostizAnswerInvalid
from .errors import PostizBudgetSpent as PostizBudgetSpent
from .errors import PostizBusy as PostizBusy
from .errors import PostizChannelDisconnected as PostizChannelDisconnected
from .errors import PostizChannelUnusable as PostizChannelUnusable
from .errors import PostizError as PostizError
from .errors import PostizFailed as PostizFailed
from .errors import PostizKeyRefused as PostizKeyRefused
from .errors import PostizMediaRefused as PostizMediaRefused
from .errors import PostizNotSent as PostizNotSent
from .errors import PostizOutage as PostizOutage
from .errors import PostizPlanLimited as PostizPlanLimited
from .errors import PostizReadFailed as PostizReadFailed
from .errors import PostizReadUnanswered as PostizReadUnanswered
from .errors import PostizRejected as PostizRejected
from .errors import PostizStatusError as PostizStatusError
from .errors import PostizUnanswered as PostizUnanswered
from .errors import PostizUnreachable as PostizUnreachable
from .errors import PostizWriteOutage as PostizWriteOutage
from .errors import RawAnswer as RawAnswer
from .failures import failure_reason as failure_reason
from .failures import match_failures as match_failures
from .grapheme import grapheme_length as grapheme_length
from .grapheme import graphemes as graphemes
from .grapheme import is_emoji as is_emoji
from .media_cache import InMemoryMediaCache as InMemoryMediaCache
from .media_cache import MediaCache as MediaCache
from .media_cache import StoredMedia as StoredMedia
from .media_fact import MediaFact as MediaFact
from .media_fact import MediaKind as MediaKind
from .media_file import InspectedFile as InspectedFile
from .media_file import inspect as inspect_media
from .media_kind import FileKind as FileKind
from .media_kind import sniff as sniff
from .media_rules import file_problems as file_problems
from .media_rules import media_problems as media_problems
from .models import AnalyticsPoint as AnalyticsPoint
from .models import AnalyticsSeries as AnalyticsSeries
from .models import ConnectionLink as ConnectionLink
from .models import CreatedPost as CreatedPost
from .models import CreatePost as CreatePost
from .models import Customer as Customer
from .models import DeletedIntegration as DeletedIntegration
from .models import Integration as Integration
from .models import IntegrationRef as IntegrationRef
from .models import IntegrationSettings as IntegrationSettings
from .models import Media as Media
from .models import MediaRef as MediaRef
from .models import MissingRelease as MissingRelease
from .models import Notification as Notification
from .models import NotificationPage as NotificationPage
from .models import OAuthToken as OAuthToken
from .models import Post as Post
from .models import PostAnalytics as PostAnalytics
from .models import PostEntry as PostEntry
from .models import PostIntegration as PostIntegration
from .models import PostPart as PostPart
from .models import PostState as PostState
from .models import ReleaseChange as ReleaseChange
from .models import SettingsChange as SettingsChange
from .models import StatusChange as StatusChange
from .models import Tag as Tag
from .models import Tool as Tool
from .oauth import AsyncOAuthClient as AsyncOAuthClient
from .oauth import OAuthClient as OAuthClient
from .oauth import authorize_url as authorize_url
from .once import CreatedOnce as CreatedOnce
from .probe import Probe as Probe
from .probe import ProbeProblem as ProbeProblem
from .problem import Problem as Problem
from .provider_rules import PROVIDERS as PROVIDERS
from .provider_rules import Editor as Editor
from .provider_rules import MediaRule as MediaRule
from .provider_rules import Provider as Provider
from .providers import SETTINGS_MODELS as SETTINGS_MODELS
from .providers import AnySettings as AnySettings
from .providers import BlueskySettings as BlueskySettings
from .providers import DevToSettings as DevToSettings
from .providers import DiscordSettings as DiscordSettings
from .providers import DribbbleSettings as DribbbleSettings
from .providers import FacebookSettings as FacebookSettings
from .providers import GmbSettings as GmbSettings
from .providers import HashnodeSettings as HashnodeSettings
from .providers import InstagramSettings as InstagramSettings
from .providers import InstagramStandaloneSettings as InstagramStandaloneSettings
from .providers import KickSettings as KickSettings
from .providers import LemmySettings as LemmySettings
from .providers import LinkedinPageSettings as LinkedinPageSettings
from .providers import LinkedinSettings as LinkedinSettings
from .providers import ListmonkSettings as ListmonkSettings
from .providers import MastodonSettings as MastodonSettings
from .providers import MediumSettings as MediumSettings
from .providers import MeWeSettings as MeWeSettings
from .providers import MoltbookSettings as MoltbookSettings
from .providers import NostrSettings as NostrSettings
from .providers import PinterestSettings as PinterestSettings
from .providers import ProviderSettings as ProviderSettings
from .providers import RawSettings as RawSettings
from .providers import RedditSettings as RedditSettings
from .providers import SettingsInvalid as SettingsInvalid
from .providers import SkoolSettings as SkoolSettings
from .providers import SlackSettings as SlackSettings
from .providers import TelegramSettings as TelegramSettings
from .providers import ThreadsSettings as ThreadsSettings
from .providers import TikTokBusinessSettings as TikTokBusinessSettings
from .providers import TikTokSettings as TikTokSettings
from .providers import TumblrSettings as TumblrSettings
from .providers import TwitchSettings as TwitchSettings
from .providers import VkSettings as VkSettings
from .providers import WhopSettings as WhopSettings
from .providers import WordPressSettings as WordPressSettings
from .providers import WrapcastSettings as WrapcastSettings
from .providers import XSettings as XSettings
from .providers import YoutubeSettings as YoutubeSettings
from .providers import settings_for as settings_for
from .rate_limit import RateLimit as RateLimit
from .reconcile import Reconciliation as Reconciliation
from .reconcile import group_by_ref as group_by_ref
from .results import Outcome as Outcome
from .results import outcome_of as outcome_of
from .text_length import network_length as network_length
from .text_length import postiz_length as postiz_length
from .text_length import utf16_length as utf16_length
from .text_length import x_length as x_length
from .text_rules import TextRule as TextRule
from .text_rules import is_sendable as is_sendable
from .text_rules import text_problems as text_problems
from .validate import validate as validate

__all__ = [
    "PROVIDERS",
    "SETTINGS_MODELS",
    "AnalyticsPoint",
    "AnalyticsSeries",
    "Answer",
    "AnySettings",
    "AsyncOAuthClient",
    "AsyncPostizClient",
    "Block",
    "BlueskySettings",
    "Budget",
    "Bullets",
    "Call",
    "ConnectionLink",
    "Content",
    "Conversation",
    "CreatePost",
    "CreatedOnce",
    "CreatedPost",
    "Customer",
    "DeletedIntegration",
    "DevToSettings",
    "DiscordSettings",
    "DraftComment",
    "DraftPost",
    "DribbbleSettings",
    "Editor",
    "FacebookSettings",
    "FieldProblem",
    "FileKind",
    "GmbSettings",
    "HashnodeSettings",
    "Heading",
    "InMemoryBudget",
    "InMemoryMediaCache",
    "Inline",
    "InspectedFile",
    "InstagramSettings",
    "InstagramStandaloneSettings",
    "Integration",
    "IntegrationRef",
    "IntegrationSettings",
    "KickSettings",
    "LemmySettings",
    "LinkedinPageSettings",
    "LinkedinSettings",
    "ListmonkSettings",
    "MastodonSettings",
    "MeWeSettings",
    "Media",
    "MediaCache",
    "MediaFact",
    "MediaKind",
    "MediaRef",
    "MediaRule",
    "MediumSettings",
    "Mention",
    "MissingRelease",
    "MoltbookSettings",
    "NostrSettings",
    "Notification",
    "NotificationPage",
    "OAuthClient",
    "OAuthToken",
    "Outcome",
    "Paragraph",
    "PinterestSettings",
    "Post",
    "PostAnalytics",
    "PostEntry",
    "PostIntegration",
    "PostPart",
    "PostState",
    "PostizAnswerInvalid",
    "PostizBudgetSpent",
    "PostizBusy",
    "PostizChannelDisconnected",
    "PostizChannelUnusable",
    "PostizClient",
    "PostizError",
    "PostizFailed",
    "PostizKeyRefused",
    "PostizMediaRefused",
    "PostizNotSent",
    "PostizOutage",
    "PostizPlanLimited",
    "PostizReadFailed",
    "PostizReadUnanswered",
    "PostizRejected",
    "PostizStatusError",
    "PostizUnanswered",
    "PostizUnreachable",
    "PostizWriteOutage",
    "Probe",
    "ProbeProblem",
    "Problem",
    "Provider",
    "ProviderSettings",
    "RateLimit",
    "RawAnswer",
    "RawSettings",
    "Reconciliation",
    "RedditSettings",
    "ReleaseChange",
    "Run",
    "SettingsChange",
    "SettingsInvalid",
    "SkoolSettings",
    "SlackSettings",
    "StatusChange",
    "StoredMedia",
    "Tag",
    "TargetChannel",
    "TelegramSettings",
    "TextRule",
    "ThreadsSettings",
    "TikTokBusinessSettings",
    "TikTokSettings",
    "Tool",
    "TumblrSettings",
    "TwitchSettings",
    "VkSettings",
    "WhopSettings",
    "WordPressSettings",
    "WrapcastSettings",
    "XSettings",
    "YoutubeSettings",
    "api_url",
    "authorize_url",
    "bold",
    "bullets",
    "failure_reason",
    "file_problems",
    "from_content",
    "grapheme_length",
    "graphemes",
    "group_by_ref",
    "heading",
    "inspect_media",
    "is_emoji",
    "is_sendable",
    "link",
    "match_failures",
    "media_problems",
    "network_length",
    "outcome_of",
    "paragraph",
    "postiz_length",
    "read_answer",
    "settings_for",
    "sniff",
    "text_problems",
    "to_content",
    "underline",
    "utf16_length",
    "validate",
    "x_length",
]
