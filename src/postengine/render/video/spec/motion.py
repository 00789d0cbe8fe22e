"""How things move: the camera over a photo, one scene into the next, a layer onto the picture."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .parts import HexColour, Part, Point

Side = Literal["left", "right", "up", "down"]


class Move(Part):
    """A slow camera move over a photo, soft at both ends.

    Attributes:
        kind: `push_in` and `pull_out` come nearer and step back; the pans travel to their side; `drift`
            travels towards `focus` while it comes nearer a little; `none` stands still.
        amount: How far, as a share of what is seen: 0.1 ends a push with nine tenths of the first view.
        focus: The point that a push, a pull or a drift is about; None takes the scene's.
    """

    kind: Literal["push_in", "pull_out", "pan_left", "pan_right", "pan_up", "pan_down", "drift", "none"] = (
        "push_in"
    )
    amount: Annotated[float, Field(ge=0, le=0.5)] = 0.1
    focus: Point | None = None


class Transition(Part):
    """How a scene comes in; both scenes are there meanwhile.

    Attributes:
        kind: `slide` pushes the old scene out, `wipe` uncovers the new one, `dip` goes through `colour`.
        seconds: How long; a cut takes none.
        side: Where a slide or a wipe moves to.
        colour: Of a dip.
    """

    kind: Literal["cut", "crossfade", "slide", "wipe", "dip"] = "crossfade"
    seconds: Annotated[float, Field(gt=0, le=5)] = 0.5
    side: Side = "left"
    colour: HexColour = "#000000"


class Animation(Part):
    """How a layer comes or goes: its opacity and place change, it is never drawn anew.

    Attributes:
        kind: `fade`; `rise` fades while it moves by `distance_px`; `slide` comes from outside the picture, or
            goes there; `none` is there at once.
        seconds: How long.
        side: Where a rise or a slide moves to when it comes; it goes on to the same side.
        distance_px: Of a rise.
    """

    kind: Literal["fade", "rise", "slide", "none"] = "fade"
    seconds: Annotated[float, Field(gt=0, le=10)] = 0.5
    side: Side = "up"
    distance_px: Annotated[float, Field(ge=0, le=4000)] = 36.0
