"""What is known of a property: as text, or as amounts, areas and address parts that are written when used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Per(StrEnum):
    """What a rent is paid for."""

    MONTH = "month"
    WEEK = "week"
    NIGHT = "night"


class AreaUnit(StrEnum):
    """Square metres or square feet."""

    SQUARE_METRES = "m2"
    SQUARE_FEET = "ft2"


class AddressDisplay(StrEnum):
    """How much of an address is public: both parts, one of them, or nothing."""

    FULL = "full"
    STREET = "street"
    AREA = "area"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount, written as the tenant's locale writes it. `currency` is ISO 4217, such as `EUR`."""

    amount: Decimal
    currency: str
    per: Per | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorArea:
    """A floor area, written as the tenant's locale writes it."""

    value: float
    unit: AreaUnit = AreaUnit.SQUARE_METRES


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """When a house is open: local times without a zone, as a sign at the door would say."""

    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a property; what is unknown stays empty.

    Attributes:
        price: As it is to be read (`€ 485,000`), or as an amount.
        old_price: Before a change.
        address: The whole of it, as text.
        street: With the number.
        locality: Neighbourhood, or postcode and town.
        address_display: How much of the address may be shown in public; `street` and `area` need the parts.
        area: Floor area with its unit (`112 m²`), or as a number with one.
        features: What speaks for it, each a few words.
        energy_class: With its own words, as it must be read: `Energy class B`. It joins the legal lines.
        visit: When the house is open.
    """

    title: str = ""
    price: str | Money = ""
    old_price: str | Money = ""
    address: str = ""
    street: str = ""
    locality: str = ""
    address_display: AddressDisplay = AddressDisplay.FULL
    area: str | FloorArea = ""
    bedrooms: int | None = None
    bathrooms: int | None = None
    features: tuple[str, ...] = ()
    energy_class: str = ""
    visit: Visit | None = None
    description: str = ""
    url: str = ""

    @property
    def shown_street(self) -> str:
        """The street, if it may be shown."""
        return self.street if self.address_display in {AddressDisplay.FULL, AddressDisplay.STREET} else ""

    @property
    def shown_locality(self) -> str:
        """The locality, if it may be shown."""
        return self.locality if self.address_display in {AddressDisplay.FULL, AddressDisplay.AREA} else ""

    @property
    def shown_address(self) -> str:
        """What of the address may be shown in public.

        >>> Facts(street="Rua do Sol 5", locality="Alfama", address_display=AddressDisplay.AREA).shown_address
        'Alfama'
        """
        if self.address_display is AddressDisplay.FULL and self.address:
            return self.address
        return ", ".join(part for part in (self.shown_street, self.shown_locality) if part)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What must not be read anywhere: the street, and the whole address, where they are not shown."""
        if self.address_display in {AddressDisplay.FULL, AddressDisplay.STREET}:
            return ()
        return tuple(part for part in (self.street, self.address) if part)
