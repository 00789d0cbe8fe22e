"""The nodes of a picture: boxes that lay out what they hold, texts, pictures, and drawn shapes.

A tree is plain data: `tree.model_dump(mode="json", by_alias=True, exclude_none=True)` and `tree_from` are
each other's reverse. It knows no drawing engine.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from .style import Style
from .values import Colour, PathData, Source
from .words import Words

Name = Annotated[str, Field(min_length=1, max_length=200)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, allow_inf_nan=False
    )


class Fit(_Part):
    """How a text is made to stay in its box; its largest size is the style's `font_size`.

    Attributes:
        min_px: The smallest size.
        max_lines: The box's height in lines.
        may_shorten: At the smallest size, drop words from the end and put an ellipsis.
        balanced: Break so that lines are of similar length.
    """

    min_px: Annotated[float, Field(gt=0, le=2000)]
    max_lines: Annotated[int, Field(ge=1, le=100)] = 1
    may_shorten: bool = True
    balanced: bool = True


class Scrim(_Part):
    """A soft shadow over a picture, as strong as the texts upon it need.

    Attributes:
        colour: Of the shadow (`#rrggbb`).
        edge: Where it lies in full; it fades out towards the opposite side. `all` covers the picture evenly.
        reach: How far it takes to fade out, as a share of the picture's height (width, at the sides).
        at_least: Its least opacity.
        contrast: What every text on the picture must reach against what is beneath it (WCAG 2.2).
    """

    colour: Colour = "#000000"
    edge: Literal["top", "right", "bottom", "left", "all"] = "bottom"
    reach: Annotated[float, Field(ge=0.01, le=1)] = 0.26
    at_least: Fraction = 0.0
    contrast: Annotated[float, Field(ge=1, le=21)] = 4.5


class Text(_Part):
    """A text in one style, broken into lines where it must.

    Attributes:
        text: What it says.
        lang: BCP 47 tag; chooses glyphs (Han) and line breaks.
        fit: Make it stay in its box; the style's `width` must then be pixels.
    """

    type: Literal["text"] = "text"
    text: Words
    style: Style = Style()
    key: Name | None = None
    lang: Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")] | None = None
    fit: Fit | None = None


class Picture(_Part):
    """A photo or drawing.

    Attributes:
        source: A name under which the picture is handed to the renderer, or a `data:image/…;base64,` URI.
        focus: The point of it that stays in view under `object_fit: cover`, as fractions from the top left
            corner, or `smart`: where the detail is.
        levels: Stretch a dull photo's tones a little.
        scrims: Shadows over it, for the texts upon it.
    """

    type: Literal["picture"] = "picture"
    source: Source
    style: Style = Style()
    key: Name | None = None
    focus: tuple[Fraction, Fraction] | Literal["smart"] | None = None
    levels: bool = False
    scrims: Annotated[tuple[Scrim, ...], Field(max_length=8)] = ()


class Outline(_Part):
    """One path of a shape.

    Attributes:
        d: Path data as SVG writes it, in the shape's own units.
        fill: Colour inside, if any.
        stroke: Colour of the line, if any.
        stroke_width: In the shape's own units.
        dashes: Lengths of dashes and gaps, in the shape's own units.
        round_ends: Round line ends and joins.
    """

    d: PathData
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: Annotated[float, Field(ge=0, le=10_000)] = 1.0
    dashes: Annotated[tuple[Annotated[float, Field(ge=0, le=10_000)], ...], Field(max_length=16)] = ()
    round_ends: bool = True


class Shape(_Part):
    """A drawing made of paths, scaled into its box without changing its proportions.

    Attributes:
        view: Width and height of the paths' own units.
        outlines: From the lowest to the topmost.
    """

    type: Literal["shape"] = "shape"
    view: tuple[Annotated[float, Field(gt=0, le=8_000)], Annotated[float, Field(gt=0, le=8_000)]]
    outlines: Annotated[tuple[Outline, ...], Field(max_length=200)]
    style: Style = Style()
    key: Name | None = None


class Box(_Part):
    """A box that lays out its children; a flex row unless its style says otherwise."""

    type: Literal["box"] = "box"
    children: tuple[Node, ...] = ()
    style: Style = Style()
    key: Name | None = None


Node = Annotated[Box | Text | Picture | Shape, Field(discriminator="type")]
Box.model_rebuild()
