"""A delivery: one post on one channel, the unit of work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from .post import Content
from .states import DeliveryState, Mode, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One post on one channel.

    Work:
        next_step, act_at: What is done next, and when; None when nothing is.
        fence: Grows with each claim; a write under an old one is refused.
        lease_until, lease_owner: Who has the work in hand (`host:pid`), and until when.
        taken: The owner has begun; a lease that ends so counts as a crash.
        not_before, tries: Back-off of the present step.

    Publishing:
        rev: Grows with each change of what is to be published.
        occurrence: Grows when a person decides to send again; part of `ref`, our mark on a Postiz post.
        remote_id: The Postiz post that this delivery would promote, or has promoted.
        absent_at: When a listing last failed to show a draft whose making was never answered.
        seen_state, seen_at: What the last listing showed of it, `absent` included.
        recall: Where a recall is to lead: `planned`, `cancelled`, `failed` or `missed`.
        recall_is_decided: A person has taken the risk: the recall needs no time margin.

    Handing over:
        reminders, snoozes: How often the phone was rung again, and put off.
        rang_at: When the phone was first told.
        received_at: When it said that it had the task.
        snoozed_until: It rings again then: the agent has put it off, or an operator sends it once more.
        rung_ids: Devices that were rung for it, and may show it; None: no one.
        closing_ids: Devices that are to be told that it is over, or another's now.
        first_agent_id: Whose words it says, once it has passed to a colleague.
        former_agent_ids: Who had it before.
        passed_at: When it passed to a colleague, or was to and could not.
        message_at: When the agent is to be told by other ways than push, such as e-mail.
        messaged_at: When that was done, or could not be.
    """

    id: str
    tenant_id: str
    post_id: str
    channel_id: str
    agent_id: str | None = None
    account_id: str | None = None
    listing_id: str | None = None
    mode: Mode
    state: DeliveryState = DeliveryState.PLANNED

    next_step: Step | None = None
    act_at: datetime | None = None
    fence: int = 0
    lease_until: datetime | None = None
    lease_owner: str | None = None
    taken: bool = False
    crashes: int = 0
    not_before: datetime | None = None
    tries: int = 0

    overrides: Content = field(default_factory=Content)
    asset_ids: tuple[str, ...] = ()
    is_media_ready: bool = False
    due_at: datetime
    miss_at: datetime

    rev: int = 1
    occurrence: int = 1
    ref: str
    remote_id: str | None = None
    absent_at: datetime | None = None
    seen_state: str | None = None
    seen_at: datetime | None = None
    recall: DeliveryState | None = None
    recall_is_decided: bool = False

    reminders: int = 0
    snoozes: int = 0
    rang_at: datetime | None = None
    received_at: datetime | None = None
    snoozed_until: datetime | None = None
    rung_ids: tuple[str, ...] | None = None
    closing_ids: tuple[str, ...] | None = None
    first_agent_id: str | None = None
    former_agent_ids: tuple[str, ...] | None = None
    passed_at: datetime | None = None
    message_at: datetime | None = None
    messaged_at: datetime | None = None

    promoted_at: datetime | None = None
    sent_at: datetime | None = None
    confirmed_at: datetime | None = None
    release_url: str | None = None
    reason: str | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def needs_decision(self) -> bool:
        """Whether a person has to say what became of it."""
        return self.state is DeliveryState.UNCONFIRMED and self.recall is None


def make_ref(tenant: str, post: str, channel: str, occurrence: int) -> str:
    """Return our mark on a Postiz post: a stable hash of what is published, the same in every installation.

    Args:
        tenant: The tenant's external id.
        post: The post's external id, or its id where it has none.
        channel: The channel's external id.
        occurrence: 1, and one more each time that a person decides to send again.

    >>> make_ref("harbour", "p1", "ig", 1)
    'pe1-33d0dae56cca768343513680'
    """
    text = "\x1f".join((tenant, post, channel, str(occurrence)))
    return f"pe1-{hashlib.sha256(text.encode()).hexdigest()[:24]}"
