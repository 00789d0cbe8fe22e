"""A channel: where a post goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .states import Mode

MANUAL_KINDS = ("whatsapp_status", "tiktok_personal", "facebook_group")
PERSONAL_KINDS = ("whatsapp_status", "tiktok_personal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A Postiz integration of a tenant (automatic), or a place where an agent posts by hand (manual).

    Attributes:
        kind: Postiz's provider identifier (`instagram`, `linkedin-page`), or one of `MANUAL_KINDS`.
        integration_id: Postiz's id of the channel; automatic ones alone.
        agent_id: Whose channel it is; None for the tenant's own.
        url: A group's address, opened by the phone.
        settings: Provider settings that each post of this channel starts from.
        grace_s: How late a post may still go out, in seconds; None for the installation's default.
        is_shared: A colleague may post in the agent's stead; never so for a personal channel.
    """

    id: str
    tenant_id: str
    external_id: str
    kind: str
    name: str
    mode: Mode
    agent_id: str | None = None
    integration_id: str | None = None
    url: str | None = None
    settings: dict[str, object] = field(default_factory=dict[str, object])
    grace_s: float | None = None
    is_shared: bool = False
    created_at: datetime


def may_pass(channel: Channel) -> bool:
    """Whether a colleague may post in the agent's stead; a person's own account never leaves its owner."""
    return channel.is_shared and channel.kind not in PERSONAL_KINDS
