"""How an agency looks."""

from __future__ import annotations

import colorsys
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

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


_MOST_SATURATED = 0.5
"""A shadow of a stronger tint dyes the photo: one of a yellow would turn it brown."""


def _muted(colour: Colour) -> Colour:
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    channels = colorsys.hls_to_rgb(hue, light, min(saturation, _MOST_SATURATED))
    return Colour(*(round(channel * 255) for channel in channels))


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
        tagline: Opposite the name on pictures whose signature names no agent.
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

    @model_validator(mode="after")
    def _texts_read(self) -> Brand:
        if contrast(self.text_colour, self.shadow_colour) < 7.0:
            raise ValueError(
                f"Expected a light `text` colour for text over photos, got {self.text}; take #ffffff."
            )
        if contrast(self.ink_colour, self.paper_colour) < 7.0:
            raise ValueError(f"Expected a light `paper` colour, got {self.paper}; take #ffffff.")
        return self

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
        return deepened(_muted(self.primary_colour), 0.006)

    @property
    def ink_colour(self) -> Colour:
        """Colour of text on paper: the main colour, as dark as reading needs."""
        return deepened(self.primary_colour, 0.04)
