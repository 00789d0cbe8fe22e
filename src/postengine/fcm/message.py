"""A message for one registration, one topic or one condition."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from .android import AndroidConfig
from .android_v2 import AndroidConfigV2
from .apple import ApnsConfig
from .browser import WebpushConfig
from .errors import MessageInvalid
from .part import MessagePart, Wire, without_nothing
from .rules import (
    MAX_PAYLOAD_BYTES,
    MAX_TOPIC_PAYLOAD_BYTES,
    check_analytics_label,
    check_data_keys,
    check_https,
)
from .size import size_bytes
from .target import check_target


class Notification(MessagePart):
    """What every platform shows, unless its own part says otherwise.

    Attributes:
        image: https URL of at most 1 MB.
    """

    place: ClassVar[str] = "notification"

    title: str | None = None
    body: str | None = None
    image: str | None = None

    @model_validator(mode="after")
    def _check_image(self) -> Self:
        check_https(self.field_path("image"), self.image)
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of `Notification`."""
        return without_nothing(self.model_dump(mode="json"))


class Message(MessagePart):
    """A message as FCM v1 takes it; what FCM would refuse is refused here, with the field's name.

    Exactly one of `fid`, `token`, `topic` and `condition` is the target.

    Attributes:
        fid: Firebase installation id of the app on the phone.
        token: Registration token, the older form of `fid`.
        topic: Bare name of a topic.
        condition: At most five topics joined with `&&`, `||` and `!`.
        data: For the app's code; with all else at most 4096 bytes, keys and values counted, 2048 to topics.
        android_v2: A draft of Google's, in place of `android`.
        analytics_label: Groups the message in Firebase's reports.

    Raises:
        MessageInvalid: If a field is missing, unknown, of another type, or breaks a rule.

    >>> Message(fid="abc", data={"task_id": "t1"}).to_wire()
    {'data': {'task_id': 't1'}, 'fid': 'abc'}
    """

    fid: str | None = Field(default=None, repr=False)
    token: str | None = Field(default=None, repr=False)
    topic: str | None = None
    condition: str | None = None
    data: dict[str, str] = Field(default_factory=dict)
    notification: Notification | None = None
    android: AndroidConfig | None = None
    android_v2: AndroidConfigV2 | None = None
    webpush: WebpushConfig | None = None
    apns: ApnsConfig | None = None
    analytics_label: str | None = None

    @model_validator(mode="after")
    def _check_target(self) -> Self:
        check_target({"fid": self.fid, "token": self.token, "topic": self.topic, "condition": self.condition})
        return self

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_data_keys("data", self.data)
        check_analytics_label("fcm_options.analytics_label", self.analytics_label)
        if self.android and self.android_v2:
            raise MessageInvalid("android_v2", "expected either android or android_v2, got both")
        if self.apns:
            self.apns.check_priority(has_notification=self.notification is not None)
        limit = MAX_PAYLOAD_BYTES if self.registration else MAX_TOPIC_PAYLOAD_BYTES
        if (size := self.size_bytes) > limit:
            raise MessageInvalid("data", f"expected a payload of at most {limit} bytes, got {size}")
        return self

    @property
    def registration(self) -> str:
        """The phone's registration, a secret; empty where topics are the target."""
        return self.fid or self.token or ""

    @property
    def size_bytes(self) -> int:
        """Bytes of keys and values that count against FCM's limit, on the platform that gets most."""
        return size_bytes(self.to_wire())

    def to_wire(self) -> Wire:
        """Return the JSON of `Message`, with FCM's own names."""
        parts = {
            "notification": self.notification,
            "android": self.android,
            "android_v2": self.android_v2,
            "webpush": self.webpush,
            "apns": self.apns,
        }
        return without_nothing(
            {
                "data": {**self.data},
                **{name: part.to_wire() for name, part in parts.items() if part},
                "fcm_options": {"analytics_label": self.analytics_label} if self.analytics_label else None,
                "fid": self.fid,
                "token": self.token,
                "topic": self.topic,
                "condition": self.condition,
            }
        )
