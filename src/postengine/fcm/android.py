"""How Android shows and delivers a message."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from .errors import MessageInvalid
from .part import MessagePart, Wire, without_nothing
from .rules import check_https, check_ttl


class AndroidNotification(MessagePart):
    """What the system's tray shows.

    Attributes:
        channel_id: Must exist on the phone; otherwise the app's default channel is taken.
        tag: A notification with the tag of an earlier one replaces it.
        color: `#rrggbb`.
        image: https URL of at most 1 MB.
        notification_priority: How it is shown; `AndroidConfig.priority` is how it is delivered.
    """

    place: ClassVar[str] = "android.notification"

    title: str | None = None
    body: str | None = None
    icon: str | None = None
    color: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    sound: str | None = None
    tag: str | None = None
    click_action: str | None = None
    channel_id: str | None = None
    image: str | None = None
    ticker: str | None = None
    sticky: bool | None = None
    local_only: bool | None = None
    default_sound: bool | None = None
    notification_count: int | None = Field(default=None, ge=0)
    notification_priority: (
        Literal["PRIORITY_MIN", "PRIORITY_LOW", "PRIORITY_DEFAULT", "PRIORITY_HIGH", "PRIORITY_MAX"] | None
    ) = None
    visibility: Literal["PRIVATE", "PUBLIC", "SECRET"] | None = None

    @model_validator(mode="after")
    def _check_image(self) -> Self:
        check_https(self.field_path("image"), self.image)
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of `AndroidNotification`."""
        return without_nothing(self.model_dump(mode="json"))


class AndroidConfig(MessagePart):
    """How Android's transport handles the message.

    Attributes:
        priority: `HIGH` wakes a sleeping phone at once; `NORMAL` waits for its next maintenance window.
        ttl_s: Seconds for which FCM keeps trying, 0 (now or never) to 28 days; None is 28 days.
        collapse_key: Of waiting messages with the same key only the last is delivered; 4 keys a device.
    """

    place: ClassVar[str] = "android"

    priority: Literal["HIGH", "NORMAL"] | None = None
    ttl_s: int | None = None
    collapse_key: str | None = None
    restricted_package_name: str | None = None
    direct_boot_ok: bool | None = None
    notification: AndroidNotification | None = None

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        if self.ttl_s is not None:
            check_ttl(self.field_path("ttl"), self.ttl_s)
        if self.collapse_key == "":
            raise MessageInvalid(self.field_path("collapse_key"), "expected a key or none, got an empty text")
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of `AndroidConfig`."""
        return without_nothing(
            {
                "collapse_key": self.collapse_key,
                "priority": self.priority,
                "ttl": None if self.ttl_s is None else f"{self.ttl_s}s",
                "restricted_package_name": self.restricted_package_name,
                "direct_boot_ok": self.direct_boot_ok,
                "notification": self.notification.to_wire() if self.notification else None,
            }
        )
