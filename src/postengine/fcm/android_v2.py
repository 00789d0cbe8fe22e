"""The form of Android's part that is to come: a draft of Google's, in FCM's discovery document since 2026.

Instead of a priority it says what the message is: a notification for a person, delivered at once, or a
background sync, which may wait for the battery's sake.
"""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from .android import AndroidTransport
from .errors import MessageInvalid
from .part import MessagePart, Wire, without_nothing
from .tray import TrayNotification

_INT32 = 2**31


class AndroidNotificationV2(TrayNotification):
    """What the system's tray shows; see `TrayNotification` for the fields.

    Attributes:
        id: Together with the tag, what a later notification replaces.
    """

    place: ClassVar[str] = "android_v2.remote_notification.notification"

    id: int | None = Field(default=None, ge=-_INT32, lt=_INT32)


class AndroidRemoteNotification(MessagePart):
    """A notification for a person, delivered at once.

    Attributes:
        mutable_content: The app may change it before it is shown.
        use_as_v1_data_message: Apps of the older kind get it as data, without the notification.
    """

    place: ClassVar[str] = "android_v2.remote_notification"

    notification: AndroidNotificationV2 | None = None
    mutable_content: bool | None = None
    use_as_v1_data_message: bool | None = None

    def to_wire(self) -> Wire:
        """Return the JSON of `AndroidRemoteNotification`."""
        return without_nothing(
            {
                "notification": self.notification.to_wire() if self.notification else None,
                "mutable_content": self.mutable_content,
                "use_as_v1_data_message": self.use_as_v1_data_message,
            }
        )


class AndroidConfigV2(AndroidTransport):
    """A draft of Google's that replaces `AndroidConfig`; see `AndroidTransport` for the other fields.

    Exactly one of `remote_notification` and `background_sync` says what the message is.

    Attributes:
        background_sync: It carries data that may come late.
    """

    place: ClassVar[str] = "android_v2"

    remote_notification: AndroidRemoteNotification | None = None
    background_sync: bool = False

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        if (self.remote_notification is not None) is self.background_sync:
            got = "both" if self.background_sync else "none"
            problem = f"expected either remote_notification or background_sync, got {got}"
            raise MessageInvalid(self.field_path("background_sync"), problem)
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of `AndroidConfigV2`; which kind it is, is told even by an empty object."""
        wire = without_nothing(self._transport_wire())
        if self.remote_notification:
            return {**wire, "remote_notification": self.remote_notification.to_wire()}
        return {**wire, "background_sync": {}}
