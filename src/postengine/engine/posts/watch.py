"""A watch: the regular look at an agent's phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .states import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The watch over the phones of one agent; its only step is `watch`, and its id is the agent's.

    It tells of a phone that has fallen silent, sends the morning summary, and forgets old keys of events.

    Attributes:
        next_step, act_at: Set while the agent has phones, or keys to be forgotten; see `Delivery` for what
            the others mean.
        told_on: The agent's local day of the last morning summary, `2026-12-01`.
    """

    id: str
    tenant_id: str
    next_step: Step | None = None
    act_at: datetime | None = None
    fence: int = 0
    lease_until: datetime | None = None
    lease_owner: str | None = None
    taken: bool = False
    crashes: int = 0

    told_on: str | None = None
    created_at: datetime
    updated_at: datetime
