"""A checkup: the regular look at whether an account's channels can publish."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .states import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """The checkup of one Postiz account; its only step is `check`, and its id is the account's.

    Attributes:
        tenant_id: The account's id again: due checkups are taken in turns.
        next_step, act_at: Set while the account has work ahead; see `Delivery` for what the others mean.
        read_until: Notifications up to then have been read.
        fingerprints: Of each channel at the last look, by integration id.
        absent: Ids of channels that the last look did not show.
        broken: Ids of those that have to be connected anew, by a notification.
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
    not_before: datetime | None = None
    tries: int = 0

    read_until: datetime | None = None
    fingerprints: dict[str, object] = field(default_factory=dict[str, object])
    broken: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
