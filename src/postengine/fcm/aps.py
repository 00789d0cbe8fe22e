"""What an iPhone shows and plays: the dictionary `aps` of Apple's payload."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, JsonValue, model_validator

from .errors import MessageInvalid
from .part import MessagePart, Wire, without_nothing
from .rules import check_key_of_arguments


class ApsAlert(MessagePart):
    """The words of a notification.

    Attributes:
        title_loc_key: Name of a text in the app's resources, filled with `title_loc_args`.
        loc_key: The same for the body.
        action_loc_key: Name of the text of the button.
        launch_image: Shown while the app starts.
    """

    place: ClassVar[str] = "apns.payload.aps.alert"

    title: str | None = None
    subtitle: str | None = None
    body: str | None = None
    title_loc_key: str | None = None
    title_loc_args: tuple[str, ...] = Field(default=(), strict=False)
    loc_key: str | None = None
    loc_args: tuple[str, ...] = Field(default=(), strict=False)
    action_loc_key: str | None = None
    launch_image: str | None = None

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        check_key_of_arguments(self.field_path("title-loc-key"), self.title_loc_key, self.title_loc_args)
        check_key_of_arguments(self.field_path("loc-key"), self.loc_key, self.loc_args)
        return self

    def to_wire(self) -> Wire:
        """Return Apple's JSON of the alert."""
        values: Wire = self.model_dump(mode="json")
        return without_nothing({name.replace("_", "-"): value for name, value in values.items()})


class CriticalSound(MessagePart):
    """A sound that is played in spite of silence, by apps that Apple allows it.

    Attributes:
        volume: From 0 to 1.
    """

    place: ClassVar[str] = "apns.payload.aps.sound"

    name: str = Field(min_length=1)
    critical: bool = False
    volume: float | None = Field(default=None, ge=0, le=1)

    def to_wire(self) -> Wire:
        """Return Apple's JSON of the sound."""
        critical = 1 if self.critical else None
        return without_nothing({"name": self.name, "critical": critical, "volume": self.volume})


class Aps(MessagePart):
    """What Apple itself reads.

    Attributes:
        badge: Number on the app's icon; 0 takes it away.
        content_available: Wake the app in the background.
        mutable_content: The app may change the notification before it is shown.
        thread_id: Notifications with the same one are shown together.
        interruption_level: How far it may disturb.
        custom: Further keys that Apple may come to know.
    """

    place: ClassVar[str] = "apns.payload.aps"

    alert: str | ApsAlert | None = None
    badge: int | None = Field(default=None, ge=0)
    sound: str | CriticalSound | None = None
    category: str | None = None
    thread_id: str | None = None
    content_available: bool = False
    mutable_content: bool = False
    interruption_level: Literal["passive", "active", "time-sensitive", "critical"] | None = None
    custom: dict[str, JsonValue] = Field(default_factory=dict)

    @property
    def is_seen_or_heard(self) -> bool:
        """Whether the phone shows or plays something for it."""
        return bool(self.alert or self.sound) or self.badge is not None

    @model_validator(mode="after")
    def _check_custom(self) -> Self:
        for key in self.custom.keys() & self._known().keys():
            raise MessageInvalid(self.field_path("custom", key), "the key is given by a field already")
        return self

    def _known(self) -> Wire:
        return without_nothing(
            {
                "alert": self.alert.to_wire() if isinstance(self.alert, ApsAlert) else self.alert,
                "badge": self.badge,
                "sound": self.sound.to_wire() if isinstance(self.sound, CriticalSound) else self.sound,
                "category": self.category,
                "thread-id": self.thread_id,
                "content-available": 1 if self.content_available else None,
                "mutable-content": 1 if self.mutable_content else None,
                "interruption-level": self.interruption_level,
            }
        )

    def to_wire(self) -> Wire:
        """Return Apple's JSON."""
        return without_nothing({**self._known(), **self.custom})
