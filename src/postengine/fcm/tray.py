"""What the tray of an Android phone shows, by the fields that both forms of the message have."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from .light import LightSettings
from .part import MessagePart, Wire, without_nothing
from .rules import check_https, check_key_of_arguments
from .times import duration, timestamp

_MAX_INT32 = 2**31 - 1


class TrayNotification(MessagePart):
    """What the system's tray shows.

    Attributes:
        title_loc_key: Name of a text in the app's resources, filled with `title_loc_args`.
        body_loc_key: The same for the body.
        channel_id: Must exist on the phone; otherwise the app's default channel is taken.
        tag: A notification with the tag of an earlier one replaces it.
        color: `#rrggbb`.
        image: https URL of at most 1 MB.
        event_time: Notifications are sorted by it.
        vibrate_timings_ms: Milliseconds to wait, to vibrate, to wait … in turn.
        notification_priority: How it is shown; `AndroidConfig.priority` is how it is delivered.
        notification_count: What the app's icon counts up by.
    """

    title: str | None = None
    body: str | None = None
    title_loc_key: str | None = None
    title_loc_args: tuple[str, ...] = Field(default=(), strict=False)
    body_loc_key: str | None = None
    body_loc_args: tuple[str, ...] = Field(default=(), strict=False)
    icon: str | None = None
    color: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    sound: str | None = None
    tag: str | None = None
    click_action: str | None = None
    channel_id: str | None = None
    image: str | None = None
    ticker: str | None = None
    sticky: bool | None = None
    event_time: AwareDatetime | None = None
    local_only: bool | None = None
    default_sound: bool | None = None
    default_vibrate_timings: bool | None = None
    default_light_settings: bool | None = None
    vibrate_timings_ms: tuple[int, ...] = Field(default=(), strict=False)
    light_settings: LightSettings | None = None
    notification_count: int | None = Field(default=None, ge=0, le=_MAX_INT32)
    notification_priority: (
        Literal["PRIORITY_MIN", "PRIORITY_LOW", "PRIORITY_DEFAULT", "PRIORITY_HIGH", "PRIORITY_MAX"] | None
    ) = None
    visibility: Literal["PRIVATE", "PUBLIC", "SECRET"] | None = None

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_https(self.field_path("image"), self.image)
        check_key_of_arguments(self.field_path("title_loc_key"), self.title_loc_key, self.title_loc_args)
        check_key_of_arguments(self.field_path("body_loc_key"), self.body_loc_key, self.body_loc_args)
        return self

    def to_wire(self) -> Wire:
        """Return the JSON of the notification."""
        own = {"event_time", "vibrate_timings_ms", "light_settings"}
        wire: Wire = self.model_dump(mode="json", exclude=own)
        wire["event_time"] = timestamp(self.event_time) if self.event_time else None
        wire["vibrate_timings"] = [duration(span_ms) for span_ms in self.vibrate_timings_ms]
        wire["light_settings"] = self.light_settings.to_wire() if self.light_settings else None
        return without_nothing(wire)
