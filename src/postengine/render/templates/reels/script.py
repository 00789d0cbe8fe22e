"""What a reel's template writes: passages of shots, and the acts of text that stand over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from postengine.render.image.tree import Box
from postengine.render.templates.parts import Ink, Sheet
from postengine.render.video.spec import Side, Transition

Ground = Literal["photo", "primary", "paper"]
"""What texts stand on: a photo under its shade, or a card in one of the brand's colours."""

Draw = Callable[[Sheet, Ink], Box]
"""A page with beats on it; see `stage`."""


@dataclass(frozen=True)
class Shot:
    """Something to look at.

    Attributes:
        source: Key of the photo or clip; empty for a card.
        most_s: How long it can be shown.
        focus: The point of a photo that stays in view; None looks for the detail.
        ratio: Of a photo's width to its height; None if that is not known.
        is_clip: It moves by itself.
        card: Draws a card.
    """

    source: str = ""
    most_s: float = float("inf")
    focus: tuple[float, float] | None = None
    ratio: float | None = None
    is_clip: bool = False
    card: Callable[[Sheet], Box] | None = None


@dataclass(frozen=True)
class Entrance:
    """How a beat comes.

    Attributes:
        kind: As of an `Animation`.
        side: Where it moves to.
        after_s: How long after the one before it; None is the usual time.
    """

    kind: Literal["rise", "fade", "slide"] = "rise"
    side: Side = "up"
    after_s: float | None = None


@dataclass(frozen=True)
class Act:
    """Texts that come one after another, rest together, and go together.

    Attributes:
        name: For messages.
        draw: Its page.
        needed: It is left out where time is short, unless this is set.
        is_cover: The poster shows it.
        goes_on: It continues the act before it, and comes as soon as that has gone.
        entrances: By the names of its beats; the others rise.
    """

    name: str
    draw: Draw
    needed: bool = True
    is_cover: bool = False
    goes_on: bool = False
    entrances: Mapping[str, Entrance] = field(default_factory=dict[str, Entrance])


@dataclass(frozen=True)
class Passage:
    """A stretch of a reel on one kind of ground.

    Attributes:
        shots: One or more.
        acts: In their order; the first of those that are not needed is the last to be left out.
        ground: What the acts stand on.
        standing: What stands all the while, around the acts; None is the agency's foot.
        needed: It is left out where time is short, unless this is set.
        tighten: Narrows the page of its acts.
    """

    shots: tuple[Shot, ...]
    acts: tuple[Act, ...] = ()
    ground: Ground = "photo"
    standing: Draw | None = None
    needed: bool = True
    tighten: Callable[[Sheet], Sheet] | None = None


@dataclass(frozen=True)
class Script:
    """A whole reel but for its end card.

    Attributes:
        passages: One or more.
        transition: Between shots.
    """

    passages: tuple[Passage, ...]
    transition: Transition = field(default_factory=lambda: Transition(kind="crossfade", seconds=0.5))


def ink_on(sheet: Sheet, ground: Ground) -> Ink:
    """Return the colours for what stands on a ground."""
    return {"photo": sheet.on_photo, "primary": sheet.on_primary, "paper": sheet.on_paper}[ground]
