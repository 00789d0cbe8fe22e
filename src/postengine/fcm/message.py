"""A message for one registration, one topic or one condition."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, JsonValue, model_validator

from .android import AndroidConfig
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
    check_topic,
    payload_bytes,
)


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
        condition: Topics joined with `&&`, `||` and `!`.
        data: For the app's code; with all else at most 4096 bytes, keys and values counted.
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
    webpush: WebpushConfig | None = None
    apns: ApnsConfig | None = None
    analytics_label: str | None = None

    @model_validator(mode="after")
    def _check_target(self) -> Self:
        targets = {"fid": self.fid, "token": self.token, "topic": self.topic, "condition": self.condition}
        given = [name for name, value in targets.items() if value is not None]
        if len(given) != 1:
            got = " and ".join(given) or "none"
            problem = f"expected exactly one of fid, token, topic and condition, got {got}"
            raise MessageInvalid("message" if not given else given[-1], problem)
        if not self.target.strip():
            raise MessageInvalid(given[0], "expected a target, got an empty text")
        if self.topic is not None:
            check_topic("topic", self.topic)
        return self

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_data_keys("data", self.data)
        if self.analytics_label is not None:
            check_analytics_label("fcm_options.analytics_label", self.analytics_label)
        if self.apns:
            self.apns.check_priority(shows_something=self.notification is not None)
        self._check_size()
        return self

    def _check_size(self) -> None:
        to_topic = self.topic is not None or self.condition is not None
        limit = MAX_TOPIC_PAYLOAD_BYTES if to_topic else MAX_PAYLOAD_BYTES
        if self.size_bytes > limit:
            raise MessageInvalid(
                "data", f"expected a payload of at most {limit} bytes, got {self.size_bytes}"
            )

    @property
    def target(self) -> str:
        """The registration, topic or condition; secret if it is a registration."""
        return self.fid or self.token or self.topic or self.condition or ""

    @property
    def size_bytes(self) -> int:
        """Bytes of keys and values that count against FCM's limit, on the platform that gets most."""
        wire = self.to_wire()
        shared: list[JsonValue] = [wire.get("data"), wire.get("notification")]
        own: list[Wire] = [part.to_wire() for part in (self.android, self.webpush) if part]
        platforms: list[JsonValue] = [[part.get("data"), part.get("notification")] for part in own]
        if self.apns:
            platforms.append(self.apns.to_wire()["payload"])
        return payload_bytes(shared) + max((payload_bytes(part) for part in platforms), default=0)

    def to_wire(self) -> Wire:
        """Return the JSON of `Message`, with FCM's own names."""
        return without_nothing(
            {
                "data": {**self.data},
                "notification": self.notification.to_wire() if self.notification else None,
                "android": self.android.to_wire() if self.android else None,
                "webpush": self.webpush.to_wire() if self.webpush else None,
                "apns": self.apns.to_wire() if self.apns else None,
                "fcm_options": {"analytics_label": self.analytics_label} if self.analytics_label else None,
                "fid": self.fid,
                "token": self.token,
                "topic": self.topic,
                "condition": self.condition,
            }
        )
