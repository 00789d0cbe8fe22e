"""A trouble: what needs a person, since when, by which evidence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class TroubleCode(StrEnum):
    """What kinds of trouble there are; kinds.py says what each comes of, and what to do."""

    RESTORED = "restored"
    ANOTHER_INSTALLATION = "another_installation"
    CRON_SILENT = "cron_silent"
    NEEDS_DECISION = "needs_decision"
    QUARANTINED = "quarantined"
    ACCOUNT_SICK = "account_sick"
    BREAKER_OPEN = "breaker_open"
    CLOCK_SKEW = "clock_skew"
    CHANNEL_SICK = "channel_sick"
    CHANNEL_FAILING = "channel_failing"
    BUDGET_EXHAUSTED = "budget_exhausted"
    HELD = "held"
    HAND = "hand"
    MISSED = "missed"
    FAILED = "failed"
    REFUSED = "refused"
    UNSEEN = "unseen"
    TOO_LATE = "too_late"
    POSTED_AFTER_END = "posted_after_end"
    WITHDRAWN_IN_POSTIZ = "withdrawn_in_postiz"
    CHANNELS_UNCLEAR = "channels_unclear"
    RENDER_FAILED = "render_failed"
    FILE_MISSING = "file_missing"
    NO_DEVICE = "no_device"
    NO_ANSWER = "no_answer"
    NO_COLLEAGUE = "no_colleague"
    PHONE_FAILED = "phone_failed"
    PHONE_SILENT = "phone_silent"
    PUSH_GONE = "push_gone"
    PUSH_REFUSED = "push_refused"
    PUSH_STALE = "push_stale"
    MESSAGE_REFUSED = "message_refused"
    OTHER = "other"


class Gravity(IntEnum):
    """How grave a trouble is: one phone or file, some posts, or everything of an account or the service."""

    SLIGHT = 1
    SERIOUS = 2
    GRAVE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that does not go on without a person.

    Attributes:
        subject: What it is about: `delivery`, `asset`, `account`, `channel`, `device`, `hold`, `host`, …
        tenant_id: None: it is the service's.
        what: What has happened, in a sentence.
        evidence: What is known: attempts, what was sent and seen, what waits. The newest last.
        remedy: What to do about it.
    """

    code: TroubleCode
    gravity: Gravity
    subject: str
    subject_id: str
    tenant_id: str | None
    since: datetime
    what: str
    evidence: tuple[str, ...] = ()
    remedy: str

    @property
    def key(self) -> str:
        """The same while it lasts, and when it comes back: `code:subject id`."""
        return f"{self.code}:{self.subject_id}"
