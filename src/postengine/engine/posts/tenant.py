"""A tenant: an estate agency, and the Postiz account that it publishes through."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .hours import WeeklyHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How an agency looks: colours as `#rrggbb`, the logo as the id of an uploaded asset."""

    primary: str = "#14213d"
    accent: str = "#e0a458"
    logo_asset_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """An agency. `legal` stands on each picture and below each caption."""

    id: str
    external_id: str
    name: str
    zone: str
    account_id: str | None = None
    brand: Brand = field(default_factory=Brand)
    posting_hours: WeeklyHours | None = None
    legal: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account at a Postiz server: its key, its hourly budget of created posts, and its circuit breaker.

    Attributes:
        api_key: Secret; never shown.
        budget_limit: Created posts that the server allows in an hour, learned from its answers.
        budget_used: Requests counted since `budget_since`.
        blocked_until: The server refuses creations until then.
        breaker_open_at: A promote was answered too slowly to prove anything: one delivery at a time probes.
        probe_id: The delivery that probes.
        looker_id, looking_until: The delivery that looks for all that are promoted, and until when.
        listed_at: When its posts were first listed; before that nothing is created.
        skew_s: How far the server's clock is ahead of the store's, in seconds.
    """

    id: str
    base_url: str
    api_key: str = field(repr=False)
    budget_limit: int = 30
    budget_used: int = 0
    budget_since: datetime | None = None
    blocked_until: datetime | None = None
    breaker_open_at: datetime | None = None
    probe_id: str | None = None
    looker_id: str | None = None
    looking_until: datetime | None = None
    listed_at: datetime | None = None
    skew_s: float = 0.0
    created_at: datetime
