"""SDK for Firebase Cloud Messaging, HTTP v1: typed messages in, an outcome to act upon out.

>>> from postengine.fcm import Message, Notification
>>> Message(fid="abc", notification=Notification(title="Time to post")).size_bytes
17
"""

from __future__ import annotations

from .android import AndroidConfig as AndroidConfig
from .android import AndroidNotification as AndroidNotification
from .answer import FcmAnswer as FcmAnswer
from .answer import read_answer as read_answer
from .apple import ApnsConfig as ApnsConfig
from .browser import WebpushConfig as WebpushConfig
from .browser import WebpushNotification as WebpushNotification
from .client import FcmClient as FcmClient
from .credentials import Credentials as Credentials
from .credentials import StaticToken as StaticToken
from .errors import CredentialsInvalid as CredentialsInvalid
from .errors import FcmBusy as FcmBusy
from .errors import FcmError as FcmError
from .errors import FcmRejected as FcmRejected
from .errors import FcmTokenGone as FcmTokenGone
from .errors import MessageInvalid as MessageInvalid
from .errors import TokenServerBusy as TokenServerBusy
from .google_credentials import GoogleToken as GoogleToken
from .google_credentials import ServiceAccount as ServiceAccount
from .message import Message as Message
from .message import Notification as Notification
from .outcome import ConfigError as ConfigError
from .outcome import DeliveredToFcm as DeliveredToFcm
from .outcome import DropDevice as DropDevice
from .outcome import Outcome as Outcome
from .outcome import RetryAt as RetryAt
from .outcome import require_delivered as require_delivered
from .request import FcmRequest as FcmRequest
from .request import build_request as build_request

__all__ = [
    "AndroidConfig",
    "AndroidNotification",
    "ApnsConfig",
    "ConfigError",
    "Credentials",
    "CredentialsInvalid",
    "DeliveredToFcm",
    "DropDevice",
    "FcmAnswer",
    "FcmBusy",
    "FcmClient",
    "FcmError",
    "FcmRejected",
    "FcmRequest",
    "FcmTokenGone",
    "GoogleToken",
    "Message",
    "MessageInvalid",
    "Notification",
    "Outcome",
    "RetryAt",
    "ServiceAccount",
    "StaticToken",
    "TokenServerBusy",
    "WebpushConfig",
    "WebpushNotification",
    "build_request",
    "read_answer",
    "require_delivered",
]
