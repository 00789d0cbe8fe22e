"""What the agent's phone tells: seen, opened, shared, posted, cannot, later; often late or out of order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.moving import disturb
from postengine.engine.ports import Above, AtMost
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.moves import PHONE
from postengine.engine.posts.states import OPEN_HANDOVER, DeliveryState, Step

_S = DeliveryState
MOST_SNOOZES = 3
_RANK = {_S.PLANNED: 0, _S.NOTIFIED: 1, _S.OPENED: 2, _S.SHARED: 3}


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


def hear(change: Change, delivery: Delivery, tells: PhoneTells, *, who: str) -> Delivery:
    """Write down what a phone tells about a locked delivery, and return the delivery.

    Raises:
        Conflict: It contradicts how the delivery has ended (code `ended`), or there were too many snoozes.
        Invalid: A snooze without a time, or past the end.
    """
    if delivery.state not in {_S.PLANNED, *OPEN_HANDOVER}:
        return _after_the_end(change, delivery, tells, who)
    match tells.says:
        case PhoneSays.RECEIVED if delivery.state is _S.PLANNED and change.now < delivery.due_at:
            return delivery  # of an earlier time, or seen in the list of what comes: it still rings when due
        case PhoneSays.RECEIVED:
            after = replace(
                _reached(change, delivery, _S.NOTIFIED), received_at=delivery.received_at or change.now
            )
            return disturb(change, delivery, after, by=PHONE, why="received by the phone", who=who)
        case PhoneSays.OPENED:
            return disturb(
                change, delivery, _reached(change, delivery, _S.OPENED), by=PHONE, why="opened", who=who
            )
        case PhoneSays.SHARED:
            after = replace(_reached(change, delivery, _S.SHARED), sent_at=delivery.sent_at or change.now)
            return disturb(change, delivery, after, by=PHONE, why="shared", who=who)
        case PhoneSays.CONFIRMED:
            return _confirmed(change, delivery, tells, who)
        case PhoneSays.DECLINED:
            after = replace(delivery, state=_S.DECLINED, reason=tells.reason or "declined on the phone")
            return disturb(change, delivery, after, by=PHONE, why=tells.reason or "declined", who=who)
        case PhoneSays.SNOOZED:
            return _snoozed(change, delivery, tells, who)
        case _:  # FAILED: the phone could not do it
            why = f"the phone could not do it: {tells.reason}"
            change.alert("phone_failed", "delivery", delivery.id, why, delivery.tenant_id)
            return disturb(change, delivery, replace(delivery, reason=why), by=PHONE, why=why, who=who)


def polled(change: Change, agent_id: str, *, who: str) -> None:
    """A phone has asked for its tasks: those that are due count as notified, push or no push."""
    where = {
        "agent_id": agent_id,
        "next_step": Step.NOTIFY,
        "due_at": AtMost(change.now),
        "miss_at": Above(change.now),
    }
    for delivery in change.tx.find(Delivery, where, lock=True):
        after = replace(delivery, state=_S.NOTIFIED, rang_at=change.now, reason=None)
        disturb(change, delivery, after, by=PHONE, why="the phone asked for its tasks", who=who)


def _reached(change: Change, delivery: Delivery, state: DeliveryState) -> Delivery:
    """Return the delivery in the higher of its own and `state`; it has rung, or the phone would not know."""
    highest = max(delivery.state, state, key=lambda known: _RANK[known])
    return replace(delivery, state=highest, rang_at=delivery.rang_at or change.now)


def _confirmed(change: Change, delivery: Delivery, tells: PhoneTells, who: str) -> Delivery:
    is_late = delivery.state is _S.MISSED
    after = replace(
        delivery,
        state=_S.PUBLISHED,
        confirmed_at=change.now,
        sent_at=delivery.sent_at or change.now,
        release_url=tells.proof_url or delivery.release_url,
        reason="confirmed late" if is_late else None,
    )
    change.clear_alert("missed", delivery.id)
    change.clear_alert("no_answer", delivery.id)
    return disturb(change, delivery, after, by=PHONE, why='"Yes, I posted"', who=who)


def _snoozed(change: Change, delivery: Delivery, tells: PhoneTells, who: str) -> Delivery:
    until = tells.snooze_until
    if until is None or not change.now < until < delivery.miss_at:
        message = f"a snooze ends between now and {delivery.miss_at.isoformat()}"
        raise Invalid.one("snooze_until", "out_of_range", message)
    if delivery.snoozes >= MOST_SNOOZES:
        raise Conflict(
            "too_many_snoozes", f"task {delivery.id} was put off {MOST_SNOOZES} times; answer it now"
        )
    reached = _reached(change, delivery, _S.NOTIFIED)
    after = replace(reached, snoozes=delivery.snoozes + 1, snoozed_until=until)
    return disturb(change, delivery, after, by=PHONE, why=f"put off until {until.isoformat()}", who=who)


def _after_the_end(change: Change, delivery: Delivery, tells: PhoneTells, who: str) -> Delivery:
    """Take what agrees with the end, or no longer matters; a late "Yes" beats a timer within the grace."""
    if tells.says is PhoneSays.CONFIRMED:
        if delivery.state is _S.MISSED and _is_within_grace(change, delivery):
            return _confirmed(change, delivery, tells, who)
        if delivery.state is not _S.PUBLISHED:
            _note_unexpected(change, delivery, who)
            raise Conflict("ended", f"task {delivery.id} is {delivery.state}")
    if tells.says is PhoneSays.DECLINED and delivery.state is not _S.DECLINED:
        raise Conflict("ended", f"task {delivery.id} is {delivery.state}")
    if tells.says is PhoneSays.SNOOZED:
        raise Conflict("ended", f"task {delivery.id} is {delivery.state}")
    return delivery


def _note_unexpected(change: Change, delivery: Delivery, who: str) -> None:
    """Keep a "Yes" for a task that has ended otherwise: it is refused, and yet somebody has posted."""
    message = f'the phone says "Yes, I posted" of a task that is {delivery.state}; look at the channel'
    change.note(delivery, by=who, why=message, tenant_id=delivery.tenant_id, subject_id=delivery.id)
    change.alert("posted_after_end", "delivery", delivery.id, message, delivery.tenant_id)


def _is_within_grace(change: Change, delivery: Delivery) -> bool:
    return change.now <= delivery.miss_at + change.ports.timings.grace_manual
