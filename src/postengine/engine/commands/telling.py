"""What a phone may tell of a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PhoneSays(StrEnum):
    """The types of event in the agent API."""

    RECEIVED = "received"
    OPENED = "opened"
    SHARED = "shared"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    SNOOZED = "snoozed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTells:
    """One event as a phone sent it; `occurred_at` is the phone's own clock, kept but not trusted."""

    says: PhoneSays
    occurred_at: datetime
    reason: str = ""
    snooze_until: datetime | None = None
    proof_url: str | None = None
