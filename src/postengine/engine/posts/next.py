"""What is done next with a delivery, and when: one pure function, called at every write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .delivery import Delivery
from .hold import is_allowed
from .hours import WeeklyHours
from .states import OPEN_HANDOVER, DeliveryState, HoldReason, Mode, Step
from .timings import Timings

Plan = tuple[Step | None, datetime | None]
NOTHING: Plan = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What beside the delivery itself decides about its next step.

    Attributes:
        reasons: Of all holds that are active on it.
        hours: When late work may go out (the tenant's posting hours, the agent's waking hours), in `zone`.
    """

    timings: Timings
    reasons: frozenset[HoldReason] = frozenset()
    hours: WeeklyHours | None = None
    zone: str = "UTC"


def plan_next(delivery: Delivery, situation: Situation, now: datetime) -> Plan:
    """Return the next step of `delivery` and its instant, or `(None, None)` when nothing is left to do."""
    if delivery.recall is not None:
        return Step.RECALL, delivery.not_before or now
    plan = _automatic if delivery.mode is Mode.AUTOMATIC else _manual
    return plan(delivery, situation, now)


def _automatic(delivery: Delivery, situation: Situation, now: datetime) -> Plan:
    timings = situation.timings
    match delivery.state:
        case DeliveryState.PLANNED if delivery.is_media_ready:
            return _send(delivery, Step.STAGE, delivery.due_at - timings.stage_lead, situation, now)
        case DeliveryState.PLANNED:
            return Step.MISS, delivery.miss_at
        case DeliveryState.STAGED:
            return _send(delivery, Step.PROMOTE, delivery.due_at - timings.promote_lead, situation, now)
        case DeliveryState.PROMOTED:
            first = delivery.due_at + timings.poll_after(0)
            return Step.CONFIRM, _later(first, delivery.not_before)
        case DeliveryState.UNCONFIRMED | DeliveryState.FAILED if delivery.remote_id is not None:
            look_at = _later(now, delivery.not_before)
            ends_at = max(delivery.due_at, delivery.promoted_at or delivery.due_at) + timings.follow
            return (Step.CONFIRM, look_at) if look_at <= ends_at else NOTHING
        case _:
            return NOTHING


def _manual(delivery: Delivery, situation: Situation, now: datetime) -> Plan:
    if delivery.state is DeliveryState.PLANNED:
        if not delivery.is_media_ready:
            return Step.MISS, delivery.miss_at
        return _send(delivery, Step.NOTIFY, delivery.due_at, situation, now)
    if delivery.state in OPEN_HANDOVER:
        remind_at = _next_reminder(delivery, situation, now)
        if (
            remind_at is not None
            and max(remind_at, now) < delivery.miss_at
            and is_allowed(Step.REMIND, situation.reasons)
        ):
            return Step.REMIND, remind_at
        return Step.EXPIRE, delivery.miss_at
    return NOTHING


def _send(delivery: Delivery, step: Step, at: datetime, situation: Situation, now: datetime) -> Plan:
    """Return `step` at `at` or as soon after as back-off and hours allow, or the miss if that is too late."""
    if not is_allowed(step, situation.reasons):
        return Step.MISS, delivery.miss_at
    at = _later(at, delivery.not_before)
    is_late = max(at, now) > delivery.due_at
    if is_late and situation.hours is not None:
        opens_at = situation.hours.next_open(max(at, now), situation.zone)
        if opens_at is None:
            return Step.MISS, delivery.miss_at
        at = opens_at if opens_at > now else at
    return (step, at) if max(at, now) < delivery.miss_at else (Step.MISS, delivery.miss_at)


def _next_reminder(delivery: Delivery, situation: Situation, now: datetime) -> datetime | None:
    """Return when the phone is to ring again, or None when all reminders are spent."""
    timings = situation.timings
    ends_soon_at = delivery.miss_at - timings.remind_before_end
    if delivery.snoozed_until is not None:
        at: datetime | None = delivery.snoozed_until
    elif delivery.rang_at is None:
        at = None
    elif delivery.reminders < len(timings.reminders) and delivery.received_at is None:
        at = delivery.rang_at + timings.reminders[delivery.reminders]
    elif delivery.reminders <= len(timings.reminders) and delivery.rang_at < ends_soon_at:
        at = ends_soon_at
    else:
        at = None
    if at is None or situation.hours is None:
        return at
    return situation.hours.next_open(max(at, now), situation.zone)


def _later(at: datetime, not_before: datetime | None) -> datetime:
    return at if not_before is None else max(at, not_before)
