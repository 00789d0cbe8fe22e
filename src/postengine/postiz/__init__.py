"""An SDK for the public API of Postiz. It knows nothing of posts in our sense, nor of queues."""

from __future__ import annotations

from .address import api_url as api_url
from .answer import Answer as Answer
from .answer import RateLimit as RateLimit
from .answer import read_answer as read_answer
from .call import Call as Call
from .client import PostizClient as PostizClient
from .content import to_content as to_content
from .errors import PostizAnswerInvalid as PostizAnswerInvalid
from .errors import PostizBusy as PostizBusy
from .errors import PostizError as PostizError
from .errors import PostizFailed as PostizFailed
from .errors import PostizOutage as PostizOutage
from .errors import PostizReadUnanswered as PostizReadUnanswered
from .errors import PostizRejected as PostizRejected
from .errors import PostizStatusError as PostizStatusError
from .errors import PostizUnanswered as PostizUnanswered
from .errors import PostizUnreachable as PostizUnreachable
from .errors import PostizWriteOutage as PostizWriteOutage
from .errors import RawAnswer as RawAnswer
from .limits import MediaKind as MediaKind
from .limits import Problem as Problem
from .limits import check_post as check_post
from .models import CreatedPost as CreatedPost
from .models import CreatePost as CreatePost
from .models import Customer as Customer
from .models import Integration as Integration
from .models import IntegrationRef as IntegrationRef
from .models import IntegrationSettings as IntegrationSettings
from .models import Media as Media
from .models import MediaRef as MediaRef
from .models import Notification as Notification
from .models import NotificationPage as NotificationPage
from .models import Post as Post
from .models import PostEntry as PostEntry
from .models import PostIntegration as PostIntegration
from .models import PostPart as PostPart
from .models import PostState as PostState
from .models import StatusChange as StatusChange
from .models import Tag as Tag
from .provider_rules import RULES as RULES

__all__ = [
    "RULES",
    "Answer",
    "Call",
    "CreatePost",
    "CreatedPost",
    "Customer",
    "Integration",
    "IntegrationRef",
    "IntegrationSettings",
    "Media",
    "MediaKind",
    "MediaRef",
    "Notification",
    "NotificationPage",
    "Post",
    "PostEntry",
    "PostIntegration",
    "PostPart",
    "PostState",
    "PostizAnswerInvalid",
    "PostizBusy",
    "PostizClient",
    "PostizError",
    "PostizFailed",
    "PostizOutage",
    "PostizReadUnanswered",
    "PostizRejected",
    "PostizStatusError",
    "PostizUnanswered",
    "PostizUnreachable",
    "PostizWriteOutage",
    "Problem",
    "RateLimit",
    "RawAnswer",
    "StatusChange",
    "Tag",
    "api_url",
    "check_post",
    "read_answer",
    "to_content",
]
