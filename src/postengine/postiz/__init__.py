"""An SDK for the public API of Postiz. It knows nothing of posts in our sense, nor of queues.

From the top down, each floor using those below it:

    client · async_client      one method a call; session is what the two share, oauth acts for others
    checks/ · flows/           checking a post before it is sent · what takes several requests
    content/                   formatted text, to the HTML that Postiz keeps and back
    providers/                 the settings and rules of each network
    media/                     looking at pictures and videos, and uploading each once
    calls/ · carrying/         each request as a value · sending it and reading its answer
    models/ · errors · budget  what comes and goes on the wire · what can go wrong · the hourly limit
    text/                      what Postiz can store, and how long it is for each network
"""

from __future__ import annotations

from .async_client import AsyncPostizClient as AsyncPostizClient
from .budget import Budget as Budget
from .budget import InMemoryBudget as InMemoryBudget
from .call import Call as Call
from .carrying.address import api_url as api_url
from .carrying.answer import Answer as Answer
from .carrying.answer import read_answer as read_answer
from .carrying.conversation import Conversation as Conversation
from .checks.draft_post import DraftComment as DraftComment
from .checks.draft_post import DraftPost as DraftPost
from .checks.draft_post import TargetChannel as TargetChannel
from .checks.media_rules import file_problems as file_problems
from .checks.media_rules import media_problems as media_problems
from .checks.text_rules import TextRule as TextRule
from .checks.text_rules import is_sendable as is_sendable
from .checks.text_rules import text_problems as text_problems
from .checks.validate import validate as validate
from .client import PostizClient as PostizClient
from .content.build import Block as Block
from .content.build import Bullets as Bullets
from .content.build import Content as Content
from .content.build import Heading as Heading
from .content.build import Paragraph as Paragraph
from .content.build import bullets as bullets
from .content.build import heading as heading
from .content.build import paragraph as paragraph
from .content.inline import Inline as Inline
from .content.inline import Mention as Mention
from .content.inline import Run as Run
from .content.inline import bold as bold
from .content.inline import link as link
from .content.inline import underline as underline
from .content.read import from_content as from_content
from .content.write import to_content as to_content
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
from .flows.failures import failure_reason as failure_reason
from .flows.failures import match_failures as match_failures
from .flows.once import CreatedOnce as CreatedOnce
from .flows.probe import Probe as Probe
from .flows.probe import ProbeProblem as ProbeProblem
from .flows.reconcile import Reconciliation as Reconciliation
from .flows.reconcile import group_by_ref as group_by_ref
from .flows.results import Outcome as Outcome
from .flows.results import outcome_of as outcome_of
from .media.cache import InMemoryMediaCache as InMemoryMediaCache
from .media.cache import MediaCache as MediaCache
from .media.cache import StoredMedia as StoredMedia
from .media.fact import MediaFact as MediaFact
from .media.fact import MediaKind as MediaKind
from .media.file import InspectedFile as InspectedFile
from .media.file import inspect as inspect_media
from .media.kind import FileKind as FileKind
from .media.kind import sniff as sniff
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
from .problem import Problem as Problem
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
from .providers.rules import PROVIDERS as PROVIDERS
from .providers.rules import Editor as Editor
from .providers.rules import MediaRule as MediaRule
from .providers.rules import Provider as Provider
from .rate_limit import RateLimit as RateLimit
from .text.grapheme import grapheme_length as grapheme_length
from .text.grapheme import graphemes as graphemes
from .text.grapheme import is_emoji as is_emoji
from .text.length import network_length as network_length
from .text.length import postiz_length as postiz_length
from .text.length import utf16_length as utf16_length
from .text.length import x_length as x_length

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
