"""The wire models: strict in what we send, tolerant in what we read."""

from __future__ import annotations

from .account import Notification as Notification
from .account import NotificationPage as NotificationPage
from .analytics import AnalyticsPoint as AnalyticsPoint
from .analytics import AnalyticsSeries as AnalyticsSeries
from .analytics import PostAnalytics as PostAnalytics
from .create_post import CreatePost as CreatePost
from .create_post import IntegrationRef as IntegrationRef
from .create_post import MediaRef as MediaRef
from .create_post import PostEntry as PostEntry
from .create_post import PostPart as PostPart
from .create_post import Tag as Tag
from .integration import ConnectionLink as ConnectionLink
from .integration import Customer as Customer
from .integration import DeletedIntegration as DeletedIntegration
from .integration import Integration as Integration
from .integration import IntegrationSettings as IntegrationSettings
from .integration import Tool as Tool
from .media import Media as Media
from .oauth import OAuthToken as OAuthToken
from .post import CreatedPost as CreatedPost
from .post import MissingRelease as MissingRelease
from .post import Post as Post
from .post import PostIntegration as PostIntegration
from .post import PostState as PostState
from .post import ReleaseChange as ReleaseChange
from .post import SettingsChange as SettingsChange
from .post import StatusChange as StatusChange

__all__ = [
    "AnalyticsPoint",
    "AnalyticsSeries",
    "ConnectionLink",
    "CreatePost",
    "CreatedPost",
    "Customer",
    "DeletedIntegration",
    "Integration",
    "IntegrationRef",
    "IntegrationSettings",
    "Media",
    "MediaRef",
    "MissingRelease",
    "Notification",
    "NotificationPage",
    "OAuthToken",
    "Post",
    "PostAnalytics",
    "PostEntry",
    "PostIntegration",
    "PostPart",
    "PostState",
    "ReleaseChange",
    "SettingsChange",
    "StatusChange",
    "Tag",
    "Tool",
]
