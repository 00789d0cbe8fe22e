"""How Apple's push service shows and delivers a message."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from .errors import MessageInvalid
from .part import MessagePart, Wire, without_nothing


class ApnsConfig(MessagePart):
    """The few fields of APNs that a doorbell needs.

    Attributes:
        headers: `apns-priority` (`10` now, `5` when convenient), `apns-expiration` (Unix seconds),
            `apns-collapse-id` and others.
        alert_title: Shown instead of the message's notification.
        alert_body: Shown instead of the message's notification.
        content_available: Wake the app in the background; with no alert, `apns-priority` must be `5`.
    """

    place: ClassVar[str] = "apns"

    headers: dict[str, str] = Field(default_factory=dict)
    alert_title: str | None = None
    alert_body: str | None = None
    badge: int | None = Field(default=None, ge=0)
    sound: str | None = None
    category: str | None = None
    thread_id: str | None = None
    content_available: bool = False

    def check_priority(self, *, shows_something: bool) -> None:
        """Refuse a silent push at the priority of a loud one, which Apple drops.

        Args:
            shows_something: The message has a notification.

        Raises:
            MessageInvalid: If the priority is not 5.
        """
        is_silent = self.content_available and not (shows_something or self.alert_title or self.alert_body)
        if is_silent and self.headers.get("apns-priority") != "5":
            raise MessageInvalid(
                self.field_path("headers", "apns-priority"), "expected 5 for a push without an alert"
            )

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self._aps():
            raise MessageInvalid(self.field_path("payload.aps"), "expected at least one field, got none")
        return self

    def _aps(self) -> Wire:
        return without_nothing(
            {
                "alert": without_nothing({"title": self.alert_title, "body": self.alert_body}),
                "badge": self.badge,
                "sound": self.sound,
                "category": self.category,
                "thread-id": self.thread_id,
                "content-available": 1 if self.content_available else None,
            }
        )

    def to_wire(self) -> Wire:
        """Return the JSON of `ApnsConfig`."""
        return without_nothing({"headers": {**self.headers}, "payload": {"aps": self._aps()}})
