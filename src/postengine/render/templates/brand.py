"""How an agency looks."""

from __future__ import annotations

import colorsys
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from postengine.render.image.colour import Colour, contrast, deepened
from postengine.render.image.fonts import SANS, SERIF

from .listing import Drawable


def _is_colour(text: str) -> str:
    Colour.from_hex(text)
    return text.lower()


HexColour = Annotated[str, AfterValidator(_is_colour)]
"""`#rrggbb`."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160), Drawable]
Key = Annotated[str, Field(min_length=1, max_length=200)]


_READS = 7.0
"""The contrast that text has on the plain grounds of a brand; on photos it may be less."""

_MOST_SATURATED = 0.5
"""A shadow of a stronger tint dyes the photo: one of a yellow would turn it brown."""


def _muted(colour: Colour) -> Colour:
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    channels = colorsys.hls_to_rgb(hue, light, min(saturation, _MOST_SATURATED))
    return Colour(*(round(channel * 255) for channel in channels))


def _shadow(primary: Colour) -> Colour:
    return deepened(_muted(primary), 0.006)


def _ink(primary: Colour) -> Colour:
    return deepened(primary, 0.04)


class Brand(BaseModel):
    """An agency's colours, letters and marks.

    Attributes:
        name: As it signs.
        primary: Its main colour: of bands and grounds; shadows and text on paper take its tint.
        accent: Colour of labels, icons and charts; toned where it could not be seen on its ground.
        text: Colour of text over pictures; light, since it stands on shadows.
        paper: Ground of the panels that carry text beside a photo; light.
        heading: Font family of headlines.
        body: Font family of everything else.
        logo_light: Key of a logo for dark grounds.
        logo_dark: Key of a logo for light grounds; either stands in for the other.
        tagline: Opposite the name, or below it, where the signature names no agent.
        legal: Lines that must stand on every picture: brokerage, licence number, marks, energy class.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), Drawable]
    primary: HexColour = "#14213d"
    accent: HexColour = "#e0b972"
    text: HexColour = "#ffffff"
    paper: HexColour = "#faf7f2"
    heading: Key = SERIF
    body: Key = SANS
    logo_light: Key | None = None
    logo_dark: Key | None = None
    tagline: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), Drawable] | None = None
    legal: Annotated[tuple[Line, ...], Field(max_length=4)] = ()

    @field_validator("text")
    @classmethod
    def _text_reads(cls, text: str, known: ValidationInfo) -> str:
        primary = known.data.get("primary")  # absent where it is no colour, which is told already
        if primary and contrast(Colour.from_hex(text), _shadow(Colour.from_hex(primary))) < _READS:
            raise ValueError(f"Expected a light colour for text over photos, got {text}; take #ffffff.")
        return text

    @field_validator("paper")
    @classmethod
    def _paper_bears_text(cls, paper: str, known: ValidationInfo) -> str:
        primary = known.data.get("primary")
        if primary and contrast(_ink(Colour.from_hex(primary)), Colour.from_hex(paper)) < _READS:
            raise ValueError(f"Expected a light colour for paper, got {paper}; take #ffffff.")
        return paper

    @property
    def primary_colour(self) -> Colour:
        """The main colour as numbers."""
        return Colour.from_hex(self.primary)

    @property
    def accent_colour(self) -> Colour:
        """The accent as numbers."""
        return Colour.from_hex(self.accent)

    @property
    def text_colour(self) -> Colour:
        """The text colour as numbers."""
        return Colour.from_hex(self.text)

    @property
    def paper_colour(self) -> Colour:
        """The light ground as numbers."""
        return Colour.from_hex(self.paper)

    @property
    def shadow_colour(self) -> Colour:
        """The main colour, muted and darkened until any light text reads on it."""
        return _shadow(self.primary_colour)

    @property
    def ink_colour(self) -> Colour:
        """Colour of text on paper: the main colour, as dark as reading needs."""
        return _ink(self.primary_colour)
