"""How a browser shows and delivers a message that FCM hands to it by Web Push."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from .errors import MessageInvalid
from .part import MessagePart, Wire, without_nothing
from .rules import check_data_keys, check_https, check_ttl


class WebpushNotification(MessagePart):
    """Options of the Notifications API; the names on the wire are the browser's."""

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

    @model_validator(mode="after")
    def _check_renotify(self) -> Self:
        # Browsers throw a TypeError inside the service worker, where nobody sees it.
        if self.renotify and not self.tag:
            raise MessageInvalid(self.field_path("renotify"), "expected a tag with it, got none")
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of the notification."""
        return without_nothing(self.model_dump(mode="json", by_alias=True))


class WebpushConfig(MessagePart):
    """How the push service handles the message.

    Attributes:
        headers: Of RFC 8030: `TTL` (seconds), `Urgency`, `Topic`.
        data: Replaces the message's data for browsers.
        link: https URL opened by a tap.
    """

    place: ClassVar[str] = "webpush"

    headers: dict[str, str] = Field(default_factory=dict)
    data: dict[str, str] = Field(default_factory=dict)
    notification: WebpushNotification | None = None
    link: str | None = None

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_https(self.field_path("fcm_options", "link"), self.link)
        check_data_keys(self.field_path("data"), self.data)
        ttl = next((value for name, value in self.headers.items() if name.lower() == "ttl"), None)
        if ttl is not None:
            field = self.field_path("headers", "TTL")
            if not ttl.isdecimal():
                raise MessageInvalid(field, f"expected whole seconds, got {ttl!r}")
            check_ttl(field, int(ttl))
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of `WebpushConfig`."""
        return without_nothing(
            {
                "data": {**self.data},
                "headers": {**self.headers},
                "notification": self.notification.to_wire() if self.notification else None,
                "fcm_options": {"link": self.link} if self.link else None,
            }
        )
