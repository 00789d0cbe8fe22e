"""What a template builds: a small tree of boxes, texts and pictures, with the few styles our templates use.

The tree knows no drawing engine; `takumi.py` translates it for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from .colour import Colour
from .fonts import SANS, SERIF


@dataclass(frozen=True)
class Font:
    """How letters look.

    Attributes:
        family: The font's family; the other installed families follow as fallbacks.
        size_px: Em size.
        weight: 100 to 900.
        line_height: In ems.
        tracking_em: Space added after each letter, in ems.
    """

    family: str = SANS
    size_px: float = 28
    weight: int = 400
    line_height: float = 1.3
    tracking_em: float = 0.0

    def sized(self, size_px: float) -> Font:
        """Return the same font at another size."""
        return replace(self, size_px=size_px)


def serif(size_px: float, weight: int = 600) -> Font:
    """Return the headline font."""
    return Font(SERIF, size_px, weight, line_height=1.14, tracking_em=-0.005)


def sans(size_px: float, weight: int = 400, tracking_em: float = 0.0) -> Font:
    """Return the text font."""
    return Font(SANS, size_px, weight, tracking_em=tracking_em)


@dataclass(frozen=True)
class Text:
    """A text in one font and colour, broken into lines at `width_px` if that is given."""

    content: str
    font: Font
    colour: Colour
    width_px: float | None = None
    align: Literal["left", "right", "center"] = "left"
    opacity: float = 1.0
    key: str | None = None


@dataclass(frozen=True)
class Picture:
    """A picture (PNG, JPEG, WebP or SVG bytes by name) scaled into a box without changing its shape."""

    name: str
    width_px: float
    height_px: float
    radius_px: float = 0.0
    opacity: float = 1.0
    key: str | None = None


@dataclass(frozen=True)
class Box:
    """A box that lays out its children in a row or a column.

    Attributes:
        children: In order.
        row: Left to right and not top to bottom.
        gap_px: Between children.
        row_gap_px: Between the rows of a wrapping row, if it differs.
        padding_px: Top, right, bottom, left.
        width_px: None takes what the children need.
        height_px: As `width_px`.
        fill: Colour of the ground.
        fill_opacity: 0 to 1.
        radius_px: Of the corners.
        across: Where children stand across the direction of layout.
        along: Where children stand along it.
        wrap: A row that is too long goes on below.
        opacity: Of the box with all it holds.
        key: A name under which `DrawingEngine.place` reports where the box came to stand.
    """

    children: tuple[Node, ...] = field(default=())
    row: bool = False
    gap_px: float = 0.0
    row_gap_px: float | None = None
    padding_px: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    width_px: float | None = None
    height_px: float | None = None
    fill: Colour | None = None
    fill_opacity: float = 1.0
    radius_px: float = 0.0
    across: Literal["flex-start", "center", "flex-end", "stretch"] = "flex-start"
    along: Literal["flex-start", "center", "flex-end", "space-between"] = "flex-start"
    wrap: bool = False
    opacity: float = 1.0
    key: str | None = None


Node = Text | Picture | Box
