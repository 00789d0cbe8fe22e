"""SDK for Web Push: typed notifications in, encrypted for one browser; an outcome to act upon out.

>>> from postengine.webpush import Message, Notification
>>> Message(notification=Notification(title="Time to post", url="https://p.example/"), ttl_s=60).size_bytes
104
"""

from __future__ import annotations

from .answer import PushAnswer as PushAnswer
from .answer import read_answer as read_answer
from .async_client import AsyncWebPushClient as AsyncWebPushClient
from .authorization import Authorizer as Authorizer
from .client import WebPushClient as WebPushClient
from .errors import MessageInvalid as MessageInvalid
from .errors import PushBusy as PushBusy
from .errors import PushRejected as PushRejected
from .errors import SubscriptionGone as SubscriptionGone
from .errors import SubscriptionInvalid as SubscriptionInvalid
from .errors import VapidInvalid as VapidInvalid
from .errors import WebPushError as WebPushError
from .key_file import read_or_make_keys as read_or_make_keys
from .keys import VapidKeys as VapidKeys
from .message import Message as Message
from .message import topic_of as topic_of
from .notification import Notification as Notification
from .outcome import Accepted as Accepted
from .outcome import ConfigError as ConfigError
from .outcome import DropDevice as DropDevice
from .outcome import Outcome as Outcome
from .outcome import RetryAt as RetryAt
from .outcome import require_accepted as require_accepted
from .request import PushRequest as PushRequest
from .request import build_request as build_request
from .subject import check_subject as check_subject
from .subscription import Subscription as Subscription

__all__ = [
    "Accepted",
    "AsyncWebPushClient",
    "Authorizer",
    "ConfigError",
    "DropDevice",
    "Message",
    "MessageInvalid",
    "Notification",
    "Outcome",
    "PushAnswer",
    "PushBusy",
    "PushRejected",
    "PushRequest",
    "RetryAt",
    "Subscription",
    "SubscriptionGone",
    "SubscriptionInvalid",
    "VapidInvalid",
    "VapidKeys",
    "WebPushClient",
    "WebPushError",
    "build_request",
    "check_subject",
    "read_answer",
    "read_or_make_keys",
    "require_accepted",
    "topic_of",
]
