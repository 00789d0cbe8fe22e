"""Notify and remind: ring the agent's phones. The push is only a doorbell; the phone fetches the task."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ledger.attempts import close_attempt, open_attempt
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.doorbell import (
    Answers,
    accepted_ids,
    heed,
    phones_of,
    push,
    ring_for,
    told,
    with_ids,
)
from postengine.engine.ledger.moving import finish, ours, put_off, still_ours
from postengine.engine.ports import Ports, Ring
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Outcome, Verb
from postengine.engine.posts.states import DeliveryState, Step


def notify(ports: Ports, delivery: Delivery) -> None:
    """Ring for a new task: the phone in use, and if its push is not taken, the agent's next."""
    _ring(ports, delivery, Step.NOTIFY)


def remind(ports: Ports, delivery: Delivery) -> None:
    """Ring again: nobody has taken the task up, it was put off until now, or it ends soon."""
    _ring(ports, delivery, Step.REMIND)


def _ring(ports: Ports, delivery: Delivery, step: Step) -> None:
    with changing(ports) as change:
        row = ours(change, delivery)
        ring, phones = ring_for(change, row), phones_of(change, row.agent_id)
        is_wide = step is Step.REMIND and _is_wide(change, row)
        # Before the first push: whoever ends the task while it rings has these phones told so.
        rung_ids = with_ids(row.rung_ids, (device.id for device in phones))
        change.tx.save(replace(row, rung_ids=rung_ids))
    attempt = open_attempt(ports, delivery, step, Verb.PUSH)
    rung = _push_to(ports, phones, ring, is_wide=is_wide)
    with changing(ports) as change:
        for device, answer in rung:
            heed(change, device, answer)
        outcome = Outcome.DONE if accepted_ids(rung) else Outcome.UNSENT
        close_attempt(change, attempt, outcome, detail=told(rung))
        found = still_ours(change, delivery)
        if found is None:
            return
        row = replace(found, rung_ids=with_ids(delivery.rung_ids, accepted_ids(rung)))
        if step is Step.NOTIFY:
            _notified(change, row, rung)
        else:
            _reminded(change, row, rung, is_wide=is_wide)


def _push_to(ports: Ports, phones: list[Device], ring: Ring, *, is_wide: bool) -> Answers:
    """Ring all phones if `is_wide`, else one after the other until a push is taken."""
    rung: Answers = []
    for device in phones:
        rung.append((device, push(ports, device, ring)))
        if not is_wide and rung[-1][1].is_accepted:
            break
    return rung


def _is_wide(change: Change, row: Delivery) -> bool:
    """Whether every phone of the agent rings: it has been silent for long, or the task ends soon."""
    timings = change.ports.timings
    is_silent = row.received_at is None and change.now >= (row.rang_at or row.due_at) + timings.widen_after
    return is_silent or change.now >= row.miss_at - timings.remind_before_end


def _notified(change: Change, row: Delivery, rung: Answers) -> None:
    if accepted_ids(rung):
        after = replace(row, state=DeliveryState.NOTIFIED, rang_at=change.now, message_at=None, reason=None)
        finish(change, row, after, by=Step.NOTIFY, why="the phone was rung")
        change.clear_alert("no_device", row.id)
        return
    waits = [outcome.retry_after for _, outcome in rung if outcome.retry_after is not None]
    if waits:
        row = _to_be_messaged(change, row, row.due_at + change.ports.timings.widen_after)
        put_off(change, row, why="no push service took the push", wait_s=min(waits).total_seconds())
        return
    why = "the agent has no phone that can be rung; pair one, or open the app on it"
    put_off(change, _to_be_messaged(change, row, change.now), why=why)
    change.alert("no_device", "delivery", row.id, why, row.tenant_id)


def _reminded(change: Change, row: Delivery, rung: Answers, *, is_wide: bool) -> None:
    passed = _passed(change, row)
    reminders = max(row.reminders if row.snoozed_until is not None else row.reminders + 1, passed)
    after = replace(row, reminders=reminders, snoozed_until=None)
    if is_wide:
        after = _to_be_messaged(change, after, change.now)
    why = f"rung again ({reminders})" if accepted_ids(rung) else "no phone could be rung again"
    finish(change, row, after, by=Step.REMIND, why=why)
    if reminders >= len(change.ports.timings.reminders) and row.received_at is None:
        message = "no phone has taken this task up; call the agent, or post it another way"
        change.alert("no_answer", "delivery", row.id, message, row.tenant_id)


def _to_be_messaged(change: Change, row: Delivery, at: datetime) -> Delivery:
    """Return the task as one that the agent is told of by other ways, from `at` on and once."""
    is_new = row.message_at is None and row.messaged_at is None
    return replace(row, message_at=at) if is_new and change.ports.messengers else row


def _passed(change: Change, row: Delivery) -> int:
    """Return how many reminders are behind us, so that those we slept through do not ring all at once."""
    timings = change.ports.timings
    if change.now >= row.miss_at - timings.remind_before_end:
        return len(timings.reminders) + 1
    return sum((row.rang_at or change.now) + wait <= change.now for wait in timings.reminders)
