"""What pictures say: a property, its agent and what is on offer, as typed values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from postengine.render.image.tree import check_words

Drawable = AfterValidator(check_words)
"""Refuses what no text of a picture takes, such as control characters."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), Drawable]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600), Drawable]
PhotoKey = Annotated[str, Field(min_length=1, max_length=200)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(_Part):
    """An amount that is written as the locale writes it.

    Attributes:
        amount: 0 or more; cents are shown only where there are some.
        currency: ISO 4217, such as `EUR`.
        per: What a rent is paid for.
    """

    amount: Annotated[Decimal, Field(ge=0, le=10**12, max_digits=15, decimal_places=2)]
    currency: Annotated[str, StringConstraints(pattern=r"[A-Z]{3}")]
    per: Literal["month", "week", "night"] | None = None


class Area(_Part):
    """A floor area.

    Attributes:
        value: More than 0.
        unit: Square metres or square feet.
    """

    value: Annotated[float, Field(gt=0, le=10**7)]
    unit: Literal["m2", "ft2"] = "m2"


class Address(_Part):
    """Where a property is, and how much of that is public.

    Attributes:
        street: With the number.
        area: Neighbourhood, or postcode and town.
        display: `full` shows both, `street` and `area` one of them, `none` neither.
    """

    street: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), Drawable] = ""
    area: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), Drawable] = ""
    display: Literal["full", "street", "area", "none"] = "full"

    @property
    def shown(self) -> str:
        """What may be shown in public."""
        parts = {"full": (self.street, self.area), "street": (self.street,), "area": (self.area,), "none": ()}
        return ", ".join(part for part in parts[self.display] if part)


class Agent(_Part):
    """Whom to ask.

    Attributes:
        name: In full.
        phone: As it is to be read; never shortened.
        role: Such as `Sales director`.
        licence: With its own words, such as `Lic. 0123`; where the law wants it beside the name.
        photo: Key of a portrait.
        focus: The point of the portrait that stays in view.
        greeting: A sentence of the agent's own.
    """

    name: Words
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=32), Drawable] | None = None
    role: Words | None = None
    licence: Words | None = None
    photo: PhotoKey | None = None
    focus: tuple[Fraction, Fraction] | None = None
    greeting: Sentence | None = None


class Visit(_Part):
    """When a house is open: local times, without a zone, as the sign at the door would say."""

    starts_at: datetime
    ends_at: datetime | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Visit:
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise ValueError("Expected `ends_at` after `starts_at`; swap them.")
        return self


class Testimonial(_Part):
    """What a client said.

    Attributes:
        quote: Without quotation marks.
        author: Who said it.
        context: Such as `sold in Ottensen`.
    """

    quote: Sentence
    author: Words
    context: Words | None = None


class MarketFigure(_Part):
    """A number of the market, and how it moved.

    Attributes:
        label: What it is, such as `Median price, Ottensen`.
        value: As it is to be read.
        change_percent: Against the period before.
        series: 2 to 36 values, the oldest first; drawn as a small chart.
        first: What stands under the chart at its left end, such as a year.
        last: At its right end.
        source: Where the number is from.
    """

    label: Words
    value: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=24), Drawable]
    change_percent: Annotated[float, Field(ge=-100, le=1000)] | None = None
    series: Annotated[tuple[Annotated[float, Field(ge=-(10**12), le=10**12)], ...], Field(max_length=36)] = ()
    first: Annotated[str, StringConstraints(strip_whitespace=True, max_length=16), Drawable] | None = None
    last: Annotated[str, StringConstraints(strip_whitespace=True, max_length=16), Drawable] | None = None
    source: Words | None = None

    @model_validator(mode="after")
    def _a_line_needs_two_points(self) -> MarketFigure:
        if len(self.series) == 1:
            raise ValueError("Expected 2 to 36 values in `series`, or none; add one or leave it out.")
        return self


class Listing(_Part):
    """Everything that a template may show; all but the title may be missing, and leaves no hole.

    Attributes:
        title: 3 to 120 characters; the headline.
        price: As text, or as money that is written in the locale's way.
        old_price: Before a change.
        address: As text that may be shown, or in parts with a choice of what is public.
        bedrooms: A number, drawn beside a bed.
        bathrooms: A number, drawn beside a bath.
        area: As text with its unit, or as a number with one.
        badge: Words in place of the template's own (`Just listed`).
        features: What speaks for it; a list draws four to six, as the shape has room.
        visit: When the house is open.
        agent: Whom to ask.
        testimonial: What a client said.
        market: A number of the market.
        photos: Keys, the first is the main one; up to 10.
        focus: The point of the main photo that stays in view; None looks for the detail.
        page_mark: Such as `1/4`, where the picture is a page of a carousel.
        locale: Writes numbers and dates, and says which way the page reads, such as `de-DE`.
    """

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120), Drawable]
    price: Money | Words | None = None
    old_price: Money | Words | None = None
    address: (
        Address | Annotated[str, StringConstraints(strip_whitespace=True, max_length=160), Drawable] | None
    ) = None
    bedrooms: Annotated[int, Field(ge=0, le=99)] | None = None
    bathrooms: Annotated[float, Field(ge=0, le=99)] | None = None
    area: Area | Annotated[str, StringConstraints(strip_whitespace=True, max_length=24), Drawable] | None = (
        None
    )
    badge: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Drawable] | None = None
    features: Annotated[tuple[Words, ...], Field(max_length=12)] = ()
    visit: Visit | None = None
    agent: Agent | None = None
    testimonial: Testimonial | None = None
    market: MarketFigure | None = None
    photos: Annotated[tuple[PhotoKey, ...], Field(max_length=10)] = ()
    focus: tuple[Fraction, Fraction] | None = None
    page_mark: Annotated[str, StringConstraints(strip_whitespace=True, max_length=7), Drawable] | None = None
    locale: Annotated[str, StringConstraints(pattern=r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*")] = "en-GB"
