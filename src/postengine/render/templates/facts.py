"""The inputs of every template: an agency's brand and a listing's facts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from postengine.render.image.colour import Colour, contrast, deepened


def _is_colour(text: str) -> str:
    Colour.from_hex(text)
    return text.lower()


HexColour = Annotated[str, AfterValidator(_is_colour)]
"""`#rrggbb`."""

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class Brand(BaseModel):
    """How an agency looks.

    Attributes:
        name: As it signs.
        primary: Its main colour; shadows and the end card take its tint.
        accent: Colour of badges and small marks.
        text: Colour of text over pictures; light, since it stands on shadows.
        logo: A PNG, WebP or JPEG file; best a compact mark with a ground of its own.
        tagline: Under the name on a reel's end card.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    primary: HexColour = "#14213d"
    accent: HexColour = "#e0b972"
    text: HexColour = "#ffffff"
    logo: Path | None = None
    tagline: ShortText | None = None

    @model_validator(mode="after")
    def _text_reads_on_shadow(self) -> Brand:
        if contrast(self.text_colour, self.shadow_colour) < 7.0:
            raise ValueError(
                f"Expected a light text colour for text over photos, got {self.text}; take #ffffff."
            )
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
    def shadow_colour(self) -> Colour:
        """The main colour, darkened until any light text reads on it."""
        return deepened(self.primary_colour)


class ListingFacts(BaseModel):
    """What a picture says about a listing; all but the title may be missing, and leaves no hole.

    Attributes:
        title: 3 to 120 characters; the headline.
        price: As it is to be read, with its currency.
        address: Or neighbourhood.
        bedrooms: A number, drawn beside a bed.
        bathrooms: A number, drawn beside a bath.
        area: With its unit.
        badge: Such as `Just listed`, `Open house Saturday`, `Price change`, `Sold`.
        agent_name: Whom to ask.
        agent_phone: As it is to be read.
        page_mark: Such as `1/4`, where the picture is a page of a carousel.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
    price: ShortText | None = None
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)] | None = None
    bedrooms: Annotated[int, Field(ge=0, le=99)] | None = None
    bathrooms: Annotated[float, Field(ge=0, le=99)] | None = None
    area: Annotated[str, StringConstraints(strip_whitespace=True, max_length=24)] | None = None
    badge: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None
    agent_name: ShortText | None = None
    agent_phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)] | None = None
    page_mark: Annotated[str, StringConstraints(strip_whitespace=True, max_length=7)] | None = None
