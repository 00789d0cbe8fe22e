"""How Android shows and delivers a message."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from .errors import MessageInvalid
from .part import MessagePart, Wire, without_nothing
from .rules import check_analytics_label, check_data_keys, check_ttl
from .tray import TrayNotification


class AndroidNotification(TrayNotification):
    """What the system's tray shows; see `TrayNotification` for the fields.

    Attributes:
        proxy: Whether Play services may show it in the app's stead.
    """

    place: ClassVar[str] = "android.notification"

    proxy: Literal["ALLOW", "DENY", "IF_PRIORITY_LOWERED"] | None = None


class AndroidTransport(MessagePart):
    """How Android's transport handles a message, by the fields that both of its forms have.

    Attributes:
        ttl_s: Seconds for which FCM keeps trying, 0 (now or never) to 28 days; None is 28 days.
        collapse_key: Of waiting messages with the same key only the last is delivered; 4 keys a device,
            see `check_collapse_keys`.
        data: Replaces the message's data on Android.
        restricted_package_name: Only this app takes it.
        direct_boot_ok: Delivered before the phone is unlocked for the first time.
        bandwidth_constrained_ok: Delivered over networks with little room.
        restricted_satellite_ok: Delivered over satellites.
        analytics_label: Replaces the message's own in Firebase's reports.
    """

    ttl_s: int | None = None
    collapse_key: str | None = None
    data: dict[str, str] = Field(default_factory=dict)
    restricted_package_name: str | None = None
    direct_boot_ok: bool | None = None
    bandwidth_constrained_ok: bool | None = None
    restricted_satellite_ok: bool | None = None
    analytics_label: str | None = None

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_ttl(self.field_path("ttl"), self.ttl_s)
        check_data_keys(self.field_path("data"), self.data)
        check_analytics_label(self.field_path("fcm_options", "analytics_label"), self.analytics_label)
        if self.collapse_key == "":
            raise MessageInvalid(self.field_path("collapse_key"), "expected a key or none, got an empty text")
        return self

    def _transport_wire(self) -> Wire:
        return {
            "collapse_key": self.collapse_key,
            "ttl": None if self.ttl_s is None else f"{self.ttl_s}s",
            "restricted_package_name": self.restricted_package_name,
            "data": {**self.data},
            "direct_boot_ok": self.direct_boot_ok,
            "bandwidth_constrained_ok": self.bandwidth_constrained_ok,
            "restricted_satellite_ok": self.restricted_satellite_ok,
            "fcm_options": {"analytics_label": self.analytics_label} if self.analytics_label else None,
        }


class AndroidConfig(AndroidTransport):
    """How Android's transport handles the message; see `AndroidTransport` for the other fields.

    Attributes:
        priority: `HIGH` wakes a sleeping phone at once; `NORMAL` waits for its next maintenance window.
        notification: Replaces the message's notification on Android, field by field.
    """

    place: ClassVar[str] = "android"

    priority: Literal["HIGH", "NORMAL"] | None = None
    notification: AndroidNotification | None = None

    def to_wire(self) -> Wire:
        """Return the JSON of `AndroidConfig`."""
        own: Wire = {
            "priority": self.priority,
            "notification": self.notification.to_wire() if self.notification else None,
        }
        return without_nothing({**self._transport_wire(), **own})
