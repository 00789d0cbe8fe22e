"""An agent, a person who sells property, and the devices that ring."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .hours import WeeklyHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A person of an agency.

    Attributes:
        zone: Overrides the tenant's.
        waking_hours: Reminders wait for them.
        role: Such as `Sales director`.
        licence: With its own words, such as `Lic. 0123`; it stands beside the name and below each caption.
        photo_asset_id: An uploaded portrait.
        greeting: A sentence of the agent's own.
    """

    id: str
    tenant_id: str
    external_id: str
    name: str
    phone: str = ""
    email: str = ""
    zone: str | None = None
    waking_hours: WeeklyHours | None = None
    role: str | None = None
    licence: str | None = None
    photo_asset_id: str | None = None
    greeting: str | None = None
    created_at: datetime


class PushKind(StrEnum):
    """How a device is reached."""

    FCM = "fcm"
    WEBPUSH = "webpush"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """An agent's phone. Its bearer token is kept as a hash alone.

    Attributes:
        push_address: FCM installation id or token, or a Web Push subscription as JSON.
        push_lost_at: Since when the registration is gone, until the phone sends a new one.
    """

    id: str
    tenant_id: str
    agent_id: str
    platform: str
    model: str = ""
    app_version: str = ""
    push_kind: PushKind = PushKind.NONE
    push_address: str = field(default="", repr=False)
    push_updated_at: datetime | None = None
    push_lost_at: datetime | None = None
    token_hash: str = field(repr=False)
    last_seen_at: datetime | None = None
    revoked_at: datetime | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingCode:
    """A code that a phone trades for a token, once. The id is the code's hash."""

    id: str
    tenant_id: str
    agent_id: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneEvent:
    """An answered call of a phone, kept so that its replay gets the same answer. The id is `device:key`."""

    id: str
    device_id: str
    delivery_id: str
    body_hash: str
    status: int
    answer: dict[str, object]
    at: datetime
