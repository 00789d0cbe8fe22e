"""The scenes of a video: a photo that moves, a stretch of a clip, a drawn card."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from postengine.render.image.tree import Box

from .motion import Move, Transition
from .parts import HexColour, Instant, Part, Point, Seconds, SourceName

Fit = Literal["cover", "contain"]
"""Fill the picture and cut what is too much, or show all of it over a blurred picture of itself."""


class PhotoScene(Part):
    """A photo with a camera that moves over it.

    Attributes:
        source: The photo.
        seconds: How long, transitions included.
        move: Of the camera; under `contain` the photo stands still.
        fit: How the photo fills the picture.
        focus: The point that stays in view; `smart` looks for the detail.
        transition: How it comes in; None takes the video's.
    """

    kind: Literal["photo"] = "photo"
    source: SourceName
    seconds: Seconds = 3.0
    move: Move = Move()
    fit: Fit = "cover"
    focus: Point | Literal["smart"] = (0.5, 0.5)
    transition: Transition | None = None


class ClipScene(Part):
    """A stretch of a video file.

    Attributes:
        source: The file.
        starts_s: Where in the file it begins.
        seconds: How long, transitions included; None takes all that is left of the file.
        fit: How the clip fills the picture.
        focus: The point that stays in view.
        sound: Keep the clip's sound.
        volume_db: Of that sound.
        transition: How it comes in; None takes the video's.
    """

    kind: Literal["clip"] = "clip"
    source: SourceName
    starts_s: Instant = 0.0
    seconds: Seconds | None = None
    fit: Fit = "cover"
    focus: Point = (0.5, 0.5)
    sound: bool = False
    volume_db: Annotated[float, Field(ge=-60, le=20)] = 0.0
    transition: Transition | None = None


class CardScene(Part):
    """A drawn picture that stands still, such as an end card.

    Attributes:
        tree: Drawn at the video's size; what it leaves transparent shows `background`.
        seconds: How long, transitions included.
        background: Beneath the tree.
        transition: How it comes in; None takes the video's.
    """

    kind: Literal["card"] = "card"
    tree: Box
    seconds: Seconds = 3.0
    background: HexColour = "#000000"
    transition: Transition | None = None


Scene = Annotated[PhotoScene | ClipScene | CardScene, Field(discriminator="kind")]
