"""A tenant: an estate agency, and the Postiz account that it publishes through."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .hours import WeeklyHours

USUAL_LOCALE = "en-GB"
MOST_LEGAL_LINES = 4
LONGEST_LEGAL_LINE = 160


class Required(StrEnum):
    """What a tenant wants known before anything is posted.

    `legal`, `agent` and `licence` (the agent's) of every post; the others of each post about a listing.
    """

    LEGAL = "legal"
    AGENT = "agent"
    LICENCE = "licence"
    ENERGY_CLASS = "energy_class"
    ADDRESS = "address"
    PRICE = "price"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How an agency looks and sounds: colours as `#rrggbb`, files as ids of uploaded assets.

    Where nothing is given, the templates have their own.

    Attributes:
        text: Colour of text over photos; light.
        paper: Ground of the panels beside a photo; light.
        heading: Font family of headlines.
        body: Font family of everything else.
        logo_asset_id: The logo for dark grounds, and for all where it is the only one.
        logo_dark_asset_id: The logo for light grounds.
        tagline: Under the name where there is room.
        music_asset_id: The tune beneath its reels, unless one names another; None: they are silent.
    """

    primary: str = "#14213d"
    accent: str = "#e0a458"
    text: str | None = None
    paper: str | None = None
    heading: str | None = None
    body: str | None = None
    logo_asset_id: str | None = None
    logo_dark_asset_id: str | None = None
    tagline: str | None = None
    music_asset_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """An agency.

    Attributes:
        legal: Lines on each drawn picture and below each caption: brokerage, licence number, marks.
        required: What must be known before anything is posted; None: nothing.
        locale: How numbers and dates are written, such as `de-DE`; None: `en-GB`.
    """

    id: str
    external_id: str
    name: str
    zone: str
    account_id: str | None = None
    brand: Brand = field(default_factory=Brand)
    posting_hours: WeeklyHours | None = None
    legal: str = ""
    required: tuple[Required, ...] | None = None
    locale: str | None = None
    created_at: datetime

    @property
    def legal_lines(self) -> tuple[str, ...]:
        """The legal lines one by one, empty ones left out."""
        return tuple(line.strip() for line in self.legal.splitlines() if line.strip())


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
