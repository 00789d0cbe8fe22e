"""How Apple's push service delivers a message."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, JsonValue, model_validator

from .aps import Aps
from .errors import MessageInvalid
from .headers import check_apns_headers, header
from .part import MessagePart, Wire, without_nothing
from .rules import check_analytics_label, check_https

_WHEN_CONVENIENT = "5"


class ApnsConfig(MessagePart):
    """Headers and payload for APNs.

    Attributes:
        headers: `apns-priority` (`10` now, `5` when convenient), `apns-expiration` (Unix seconds),
            `apns-collapse-id` and others.
        aps: What the phone shows, instead of the message's notification.
        custom: Further keys of the payload, for the app's code.
        image: https URL of a picture in the notification.
        live_activity_token: The Live Activity that is updated.
        analytics_label: Replaces the message's own in Firebase's reports.
    """

    place: ClassVar[str] = "apns"

    headers: dict[str, str] = Field(default_factory=dict)
    aps: Aps | None = None
    custom: dict[str, JsonValue] = Field(default_factory=dict)
    image: str | None = None
    live_activity_token: str | None = Field(default=None, repr=False)
    analytics_label: str | None = None

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_apns_headers(self.field_path("headers"), self.headers)
        check_https(self.field_path("fcm_options", "image"), self.image)
        check_analytics_label(self.field_path("fcm_options", "analytics_label"), self.analytics_label)
        if "aps" in self.custom:
            raise MessageInvalid(self.field_path("custom", "aps"), "give it by the field aps")
        return self

    def check_priority(self, *, has_notification: bool) -> None:
        """Refuse a silent push at the priority of a loud one, which Apple drops.

        Args:
            has_notification: The message has one for all platforms.

        Raises:
            MessageInvalid: If the priority is not 5.
        """
        if has_notification or self.live_activity_token or (self.aps and self.aps.is_seen_or_heard):
            return
        wakes = self.aps is not None and self.aps.content_available
        priority = header(self.headers, "apns-priority")
        if priority != _WHEN_CONVENIENT and (wakes or priority is not None):
            problem = "expected 5 for a push that shows nothing"
            raise MessageInvalid(self.field_path("headers", "apns-priority"), problem)

    def payload(self) -> Wire:
        """Return what Apple hands to the phone, beside the message's own data and notification."""
        return without_nothing({"aps": self.aps.to_wire() if self.aps else None, **self.custom})

    def to_wire(self) -> Wire:
        """Return the JSON of `ApnsConfig`."""
        options: Wire = without_nothing({"analytics_label": self.analytics_label, "image": self.image})
        return without_nothing(
            {
                "headers": {**self.headers},
                "payload": self.payload(),
                "fcm_options": options,
                "live_activity_token": self.live_activity_token,
            }
        )
