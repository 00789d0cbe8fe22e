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
_UNTOUCHED = (DeliveryState.PLANNED, DeliveryState.NOTIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What beside the delivery itself decides about its next step.

    Attributes:
        reasons: Of all holds that are active on it.
        hours: When late work may go out (the tenant's posting hours, the agent's waking hours), in `zone`.
        passes_on: A colleague may post in the agent's stead, once it has waited long enough.
    """

    timings: Timings
    reasons: frozenset[HoldReason] = frozenset()
    hours: WeeklyHours | None = None
    zone: str = "UTC"
    passes_on: bool = False


def plan_next(delivery: Delivery, situation: Situation, now: datetime) -> Plan:
    """Return the next step of `delivery` and its instant, or `(None, None)` with nothing to do for now."""
    step, at = _plan(delivery, situation, now)
    return NOTHING if step is not None and not is_allowed(step, situation.reasons) else (step, at)


def _plan(delivery: Delivery, situation: Situation, now: datetime) -> Plan:
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
            return _miss(delivery)
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
    if delivery.closing_ids:
        return Step.CLOSE, _later(now, delivery.not_before)
    if delivery.state not in {DeliveryState.PLANNED, *OPEN_HANDOVER}:
        return NOTHING
    way = _to_notify(delivery, situation, now)
    beside = _message(delivery, situation), _reassignment(delivery, situation)
    return min([way, *(plan for plan in beside if plan is not None)], key=lambda plan: max(plan[1], now))


def _to_notify(delivery: Delivery, situation: Situation, now: datetime) -> tuple[Step, datetime]:
    if delivery.state is DeliveryState.PLANNED:
        if not delivery.is_media_ready:
            return _miss(delivery)
        return _send(delivery, Step.NOTIFY, delivery.due_at, situation, now)
    if not delivery.is_media_ready:
        return Step.EXPIRE, delivery.miss_at
    remind_at = _next_reminder(delivery, situation, now)
    is_in_time = remind_at is not None and max(remind_at, now) < delivery.miss_at
    if remind_at is not None and is_in_time and is_allowed(Step.REMIND, situation.reasons):
        return Step.REMIND, remind_at
    return Step.EXPIRE, delivery.miss_at


def _message(delivery: Delivery, situation: Situation) -> tuple[Step, datetime] | None:
    """Return when the agent is to be told by other ways than push, if they are."""
    at = delivery.message_at
    is_known = delivery.received_at is not None or delivery.state not in _UNTOUCHED
    if at is None or is_known or delivery.messaged_at is not None or at >= delivery.miss_at:
        return None
    return (Step.MESSAGE, at) if is_allowed(Step.MESSAGE, situation.reasons) else None


def _reassignment(delivery: Delivery, situation: Situation) -> tuple[Step, datetime] | None:
    """Return when a colleague is to have it, if nobody has opened it by then."""
    is_untouched = delivery.state in _UNTOUCHED and delivery.snoozes == 0
    if not situation.passes_on or not is_untouched or not delivery.is_media_ready:
        return None
    since = max(delivery.rang_at or delivery.due_at, delivery.passed_at or delivery.due_at)
    at = since + situation.timings.reassign_after
    is_free = is_allowed(Step.REASSIGN, situation.reasons)
    return (Step.REASSIGN, at) if is_free and at < delivery.miss_at else None


def _send(
    delivery: Delivery, step: Step, at: datetime, situation: Situation, now: datetime
) -> tuple[Step, datetime]:
    """Return `step` at `at` or as soon after as back-off and hours allow, or the miss if that is too late."""
    if not is_allowed(step, situation.reasons):
        return _miss(delivery)
    at = _later(at, delivery.not_before)
    is_late = max(at, now) > delivery.due_at
    if is_late and situation.hours is not None:
        opens_at = situation.hours.next_open(max(at, now), situation.zone)
        if opens_at is None:
            return _miss(delivery)
        at = opens_at if opens_at > now else at
    return (step, at) if max(at, now) < delivery.miss_at else _miss(delivery)


def _miss(delivery: Delivery) -> tuple[Step, datetime]:
    """Return the miss at the end of its grace, or after the back-off of one that could not look at Postiz."""
    return Step.MISS, _later(delivery.miss_at, delivery.not_before)


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
