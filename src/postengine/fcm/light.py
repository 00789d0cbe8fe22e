"""How the light of an Android phone blinks."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from .part import MessagePart, Wire
from .times import duration


class LightSettings(MessagePart):
    """Colour and rhythm of the light, on phones that have one.

    Attributes:
        color: `#rrggbb`, or `#rrggbbaa` with the opacity.
        on_ms: Milliseconds for which it is on.
        off_ms: Milliseconds for which it is off.
    """

    place: ClassVar[str] = "light_settings"

    color: str = Field(pattern=r"^#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")
    on_ms: int = Field(ge=0)
    off_ms: int = Field(ge=0)

    def to_wire(self) -> Wire:
        """Return the JSON of `LightSettings`; parts of a colour go from 0 to 1."""
        red, green, blue, alpha = (int(f"{self.color}ff"[i : i + 2], 16) / 255 for i in (1, 3, 5, 7))
        return {
            "color": {"red": red, "green": green, "blue": blue, "alpha": alpha},
            "light_on_duration": duration(self.on_ms),
            "light_off_duration": duration(self.off_ms),
        }
