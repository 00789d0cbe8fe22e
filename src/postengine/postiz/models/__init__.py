"""The wire models: strict in what we send, tolerant in what we read."""

from __future__ import annotations

from .account import Notification as Notification
from .account import NotificationPage as NotificationPage
from .create_post import CreatePost as CreatePost
from .create_post import IntegrationRef as IntegrationRef
from .create_post import MediaRef as MediaRef
from .create_post import PostEntry as PostEntry
from .create_post import PostPart as PostPart
from .create_post import Tag as Tag
from .integration import Customer as Customer
from .integration import Integration as Integration
from .integration import IntegrationSettings as IntegrationSettings
from .media import Media as Media
from .post import CreatedPost as CreatedPost
from .post import Post as Post
from .post import PostIntegration as PostIntegration
from .post import PostState as PostState
from .post import StatusChange as StatusChange

__all__ = [
    "CreatePost",
    "CreatedPost",
    "Customer",
    "Integration",
    "IntegrationRef",
    "IntegrationSettings",
    "Media",
    "MediaRef",
    "Notification",
    "NotificationPage",
    "Post",
    "PostEntry",
    "PostIntegration",
    "PostPart",
    "PostState",
    "StatusChange",
    "Tag",
]
