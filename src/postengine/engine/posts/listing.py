"""A listing: a property on the market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .states import ListingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a property. Text as it is to be read; what is unknown stays empty.

    Attributes:
        price: Amount with its currency, as written locally: `€ 485,000`.
        area: Floor area with its unit: `112 m²`.
        address: As it may be shown in public.
    """

    title: str = ""
    price: str = ""
    address: str = ""
    area: str = ""
    bedrooms: int | None = None
    bathrooms: int | None = None
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A property with the agency's own id for it, its status, facts and photos (ids of uploaded assets)."""

    id: str
    tenant_id: str
    external_id: str
    status: ListingStatus = ListingStatus.ACTIVE
    agent_id: str | None = None
    facts: Facts
    photo_ids: tuple[str, ...] = ()
    rev: int = 1
    created_at: datetime
    updated_at: datetime
