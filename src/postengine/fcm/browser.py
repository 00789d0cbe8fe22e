"""How a browser shows and delivers a message that FCM hands to it by Web Push."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, JsonValue, model_validator

from .errors import MessageInvalid
from .headers import check_webpush_headers
from .part import MessagePart, Wire, without_nothing
from .rules import check_analytics_label, check_data_keys, check_https


class WebpushAction(MessagePart):
    """A button below a browser's notification.

    Attributes:
        action: Told to the service worker when it is pressed.
    """

    place: ClassVar[str] = "webpush.notification.actions"

    action: str
    title: str
    icon: str | None = None


class WebpushNotification(MessagePart):
    """Options of the Notifications API; the names on the wire are the browser's.

    Attributes:
        data: For the service worker.
        timestamp_ms: When what it tells of happened, in milliseconds since 1970.
        vibrate: Milliseconds to vibrate, to wait, to vibrate … in turn.
        custom: Further options that browsers may come to know.
    """

    place: ClassVar[str] = "webpush.notification"

    title: str | None = None
    body: str | None = None
    icon: str | None = None
    image: str | None = None
    badge: str | None = None
    lang: str | None = None
    tag: str | None = None
    direction: Literal["auto", "ltr", "rtl"] | None = Field(default=None, serialization_alias="dir")
    renotify: bool | None = None
    silent: bool | None = None
    require_interaction: bool | None = Field(default=None, serialization_alias="requireInteraction")
    actions: tuple[WebpushAction, ...] = Field(default=(), strict=False)
    data: JsonValue = None
    timestamp_ms: int | None = Field(default=None, ge=0, serialization_alias="timestamp")
    vibrate: tuple[int, ...] = Field(default=(), strict=False)
    custom: dict[str, JsonValue] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        # Browsers throw a TypeError inside the service worker, where nobody sees it.
        if self.renotify and not self.tag:
            raise MessageInvalid(self.field_path("renotify"), "expected a tag with it, got none")
        if self.silent and self.vibrate:
            raise MessageInvalid(self.field_path("vibrate"), "expected none in a silent notification")
        for key in self.custom.keys() & self._known().keys():
            raise MessageInvalid(self.field_path("custom", key), "the key is given by a field already")
        return self

    def _known(self) -> Wire:
        wire: Wire = self.model_dump(mode="json", by_alias=True, exclude={"custom", "actions"})
        actions = [without_nothing(action.model_dump(mode="json")) for action in self.actions]
        return without_nothing({**wire, "actions": list[JsonValue](actions)})

    def to_wire(self) -> Wire:
        """Return the JSON of the notification."""
        return without_nothing({**self._known(), **self.custom})


class WebpushConfig(MessagePart):
    """How the push service handles the message.

    Attributes:
        headers: Of RFC 8030: `TTL` (seconds), `Urgency`, `Topic`.
        data: Replaces the message's data for browsers.
        notification: Replaces the message's notification for browsers, field by field.
        link: https URL opened by a tap.
        analytics_label: Replaces the message's own in Firebase's reports.
    """

    place: ClassVar[str] = "webpush"

    headers: dict[str, str] = Field(default_factory=dict)
    data: dict[str, str] = Field(default_factory=dict)
    notification: WebpushNotification | None = None
    link: str | None = None
    analytics_label: str | None = None

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_https(self.field_path("fcm_options", "link"), self.link)
        check_data_keys(self.field_path("data"), self.data)
        check_analytics_label(self.field_path("fcm_options", "analytics_label"), self.analytics_label)
        check_webpush_headers(self.field_path("headers"), self.headers)
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of `WebpushConfig`."""
        options: Wire = without_nothing({"link": self.link, "analytics_label": self.analytics_label})
        return without_nothing(
            {
                "data": {**self.data},
                "headers": {**self.headers},
                "notification": self.notification.to_wire() if self.notification else None,
                "fcm_options": options,
            }
        )
