"""A listing: a property on the market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .facts import Facts as Facts
from .states import ListingStatus


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
