"""What was done and seen: attempts, the Postiz posts we made, and the history of moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .states import Step


class Verb(StrEnum):
    """What an attempt asks the outside world to do."""

    CREATE = "create"
    REWRITE = "rewrite"
    PROMOTE = "promote"
    DELETE = "delete"
    PUSH = "push"
    CLOSE = "close"
    MESSAGE = "message"


class Outcome(StrEnum):
    """How an attempt was answered; None where it was never closed, since its process died.

    `unsent`: certainly not done. `refused`: the server says no. `failed`: its own error; nothing is in
    flight, a listing tells what was done. `unproven`: yes, but too slowly to prove that anything was started.
    `unanswered`: it may be done, now or later.
    """

    DONE = "done"
    UNSENT = "unsent"
    REFUSED = "refused"
    FAILED = "failed"
    UNPROVEN = "unproven"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try of a step, written down before the outside world is called and closed with its answer."""

    id: str
    delivery_id: str
    tenant_id: str
    account_id: str | None = None
    step: Step
    verb: Verb
    fence: int
    rev: int
    occurrence: int
    remote_id: str | None = None
    outcome: Outcome | None = None
    detail: str = ""
    opened_at: datetime
    closed_at: datetime | None = None

    @property
    def may_have_happened(self) -> bool:
        """Whether what it asked for may have been done without our knowing it."""
        return self.outcome in {None, Outcome.UNANSWERED, Outcome.UNPROVEN, Outcome.FAILED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePost:
    """A Postiz post that we made. The row's id is Postiz's id; every one is kept.

    Attributes:
        publish_at: Its own date, as it was last known.
        is_dead: Never to be promoted: a write to it was not answered, or not in time to prove anything.
        asked_at: When its one promote request was sent.
        gone_at: When a listing showed it absent after a DELETE that was answered in time.
        was_queued_late: A listing has shown it queued past its date: Postiz may still send it.
    """

    id: str
    account_id: str
    delivery_id: str
    occurrence: int
    rev: int
    publish_at: datetime
    is_dead: bool = False
    asked_at: datetime | None = None
    gone_at: datetime | None = None
    was_queued_late: bool = False
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """A line of history: who moved what from where to where, when and why.

    Attributes:
        detail: Of a phone's event: `event`, `device_id` and `occurred_at`, by the phone's own clock.
    """

    id: str
    tenant_id: str | None
    subject: str
    subject_id: str
    at: datetime
    by: str
    from_state: str
    to_state: str
    why: str
    detail: dict[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a Postiz account already has. The row's id is `account:sha256`.

    Attributes:
        at: When it was last known to be there.
    """

    id: str
    account_id: str
    sha256: str
    media_id: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A bearer token of the service's API, kept as a hash alone; None as tenant means: all of them."""

    id: str
    name: str
    token_hash: str = field(repr=False)
    tenant_id: str | None = None
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named value of the installation: its id, when the scheduler last ran."""

    id: str
    value: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that a person of the agency or of the service should look at. The id is `code:subject id`.

    Attributes:
        message: What happened and what to do.
        cleared_at: When it was dealt with.
    """

    id: str
    tenant_id: str | None
    code: str
    subject: str
    subject_id: str
    message: str
    at: datetime
    cleared_at: datetime | None = None
