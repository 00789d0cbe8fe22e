"""SDK for Firebase Cloud Messaging, HTTP v1: typed messages in, an outcome to act upon out.

>>> from postengine.fcm import Message, Notification
>>> Message(fid="abc", notification=Notification(title="Time to post")).size_bytes
17
"""

from __future__ import annotations

from .android import AndroidConfig as AndroidConfig
from .android import AndroidNotification as AndroidNotification
from .android_v2 import AndroidConfigV2 as AndroidConfigV2
from .android_v2 import AndroidNotificationV2 as AndroidNotificationV2
from .android_v2 import AndroidRemoteNotification as AndroidRemoteNotification
from .answer import FcmAnswer as FcmAnswer
from .answer import read_answer as read_answer
from .apple import ApnsConfig as ApnsConfig
from .aps import Aps as Aps
from .aps import ApsAlert as ApsAlert
from .aps import CriticalSound as CriticalSound
from .async_client import AsyncFcmClient as AsyncFcmClient
from .browser import WebpushAction as WebpushAction
from .browser import WebpushConfig as WebpushConfig
from .browser import WebpushNotification as WebpushNotification
from .client import FcmClient as FcmClient
from .collapse import check_collapse_keys as check_collapse_keys
from .credentials import Credentials as Credentials
from .credentials import StaticToken as StaticToken
from .errors import CredentialsInvalid as CredentialsInvalid
from .errors import FcmBusy as FcmBusy
from .errors import FcmError as FcmError
from .errors import FcmExpired as FcmExpired
from .errors import FcmRejected as FcmRejected
from .errors import FcmTokenGone as FcmTokenGone
from .errors import MessageInvalid as MessageInvalid
from .errors import TokenServerBusy as TokenServerBusy
from .google_credentials import ApplicationDefault as ApplicationDefault
from .google_credentials import ServiceAccount as ServiceAccount
from .google_token import GoogleToken as GoogleToken
from .light import LightSettings as LightSettings
from .message import Message as Message
from .message import Notification as Notification
from .outcome import ConfigError as ConfigError
from .outcome import DeliveredToFcm as DeliveredToFcm
from .outcome import DropDevice as DropDevice
from .outcome import Expired as Expired
from .outcome import Outcome as Outcome
from .outcome import RetryAt as RetryAt
from .outcome import require_delivered as require_delivered
from .patience import Patience as Patience
from .registration import Registration as Registration
from .registration import Standing as Standing
from .registration import target_of as target_of
from .request import FcmRequest as FcmRequest
from .request import build_request as build_request

__all__ = [
    "AndroidConfig",
    "AndroidConfigV2",
    "AndroidNotification",
    "AndroidNotificationV2",
    "AndroidRemoteNotification",
    "ApnsConfig",
    "ApplicationDefault",
    "Aps",
    "ApsAlert",
    "AsyncFcmClient",
    "ConfigError",
    "Credentials",
    "CredentialsInvalid",
    "CriticalSound",
    "DeliveredToFcm",
    "DropDevice",
    "Expired",
    "FcmAnswer",
    "FcmBusy",
    "FcmClient",
    "FcmError",
    "FcmExpired",
    "FcmRejected",
    "FcmRequest",
    "FcmTokenGone",
    "GoogleToken",
    "LightSettings",
    "Message",
    "MessageInvalid",
    "Notification",
    "Outcome",
    "Patience",
    "Registration",
    "RetryAt",
    "ServiceAccount",
    "Standing",
    "StaticToken",
    "TokenServerBusy",
    "WebpushAction",
    "WebpushConfig",
    "WebpushNotification",
    "build_request",
    "check_collapse_keys",
    "read_answer",
    "require_delivered",
    "target_of",
]
