"""What is known of a property, as it comes in and goes out: texts, amounts, areas, parts of an address."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, NaiveDatetime, model_validator

from postengine.engine.posts.facts import AddressDisplay, AreaUnit, FloorArea, Money, Per, Visit

from .shape import Body, View


class MoneyBody(Body):
    """An amount, written as the tenant's locale writes it."""

    amount: Decimal = Field(ge=0, le=10**12, max_digits=15, decimal_places=2)
    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217, such as EUR")
    per: Per | None = None


class FloorAreaBody(Body):
    """A floor area, written as the tenant's locale writes it."""

    value: float = Field(gt=0, le=10**7)
    unit: AreaUnit = AreaUnit.SQUARE_METRES


class VisitBody(Body):
    """When the house is open: local times, without an offset."""

    starts_at: NaiveDatetime
    ends_at: NaiveDatetime | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> VisitBody:
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise ValueError("expected `ends_at` after `starts_at`; swap them")
        return self


PriceText = Annotated[str, Field(max_length=100)]
AreaText = Annotated[str, Field(max_length=100)]
Feature = Annotated[str, Field(min_length=1, max_length=80)]


class FactsBody(Body):
    """What is known of a property. Amounts and areas may be texts as they are to be read."""

    title: str = Field(default="", max_length=300)
    price: PriceText | MoneyBody = ""
    old_price: PriceText | MoneyBody = ""
    address: str = Field(default="", max_length=300, description="the whole of it")
    street: str = Field(default="", max_length=120, description="with the number")
    locality: str = Field(default="", max_length=120, description="neighbourhood, or postcode and town")
    address_display: AddressDisplay = Field(
        default=AddressDisplay.FULL, description="how much of the address is public; area is the locality"
    )
    area: AreaText | FloorAreaBody = Field(default="", description="floor area")
    bedrooms: int | None = Field(default=None, ge=0, le=1000)
    bathrooms: int | None = Field(default=None, ge=0, le=1000)
    features: list[Feature] = Field(default_factory=list[str], max_length=12)
    energy_class: str = Field(
        default="", max_length=160, description="with its own words; joins the legal lines"
    )
    visit: VisitBody | None = Field(default=None, description="when the house is open")
    description: str = Field(default="", max_length=20_000)
    url: str = Field(default="", max_length=2000)


class MoneyView(View):
    """An amount."""

    amount: Decimal
    currency: str
    per: Per | None


class FloorAreaView(View):
    """A floor area."""

    value: float
    unit: AreaUnit


class VisitView(View):
    """When the house is open, in local time."""

    starts_at: datetime
    ends_at: datetime | None


class FactsView(View):
    """What is known of a property."""

    title: str
    price: str | MoneyView
    old_price: str | MoneyView
    address: str
    street: str
    locality: str
    address_display: AddressDisplay
    area: str | FloorAreaView
    bedrooms: int | None
    bathrooms: int | None
    features: list[str]
    energy_class: str
    visit: VisitView | None
    description: str
    url: str


def named_facts(body: FactsBody) -> dict[str, Any]:
    """Return the facts that a body names, as the engine's values by field."""
    values = {name: _value(getattr(body, name)) for name in body.model_fields_set}
    return values | ({"features": tuple(body.features)} if "features" in values else {})


def _value(given: object) -> object:
    match given:
        case MoneyBody():
            return Money(amount=given.amount, currency=given.currency, per=given.per)
        case FloorAreaBody():
            return FloorArea(value=given.value, unit=given.unit)
        case VisitBody():
            return Visit(starts_at=given.starts_at, ends_at=given.ends_at)
        case _:
            return given
