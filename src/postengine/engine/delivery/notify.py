"""Notify and remind: ring the agent's phones. The push is only a doorbell; the phone fetches the task."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from postengine.engine.ledger.attempts import close_attempt, open_attempt, outcome_of
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.compose import scene_of
from postengine.engine.ledger.moving import finish, put_off, still_ours
from postengine.engine.ports import Ports, Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Attempt, Outcome, Verb
from postengine.engine.posts.states import DeliveryState, Step
from postengine.errors import PostEngineError


def notify(ports: Ports, delivery: Delivery) -> None:
    """Ring for a new task."""
    _ring(ports, delivery, Step.NOTIFY)


def remind(ports: Ports, delivery: Delivery) -> None:
    """Ring again: nobody has taken the task up, it was put off until now, or it ends soon."""
    _ring(ports, delivery, Step.REMIND)


def _ring(ports: Ports, delivery: Delivery, step: Step) -> None:
    with changing(ports) as change:
        ring = _doorbell(change, delivery)
        where = {"agent_id": delivery.agent_id, "revoked_at": None}
        devices = [device for device in change.tx.find(Device, where) if _can_ring(device)]
    attempt = open_attempt(ports, delivery, step, Verb.PUSH)
    rung = [(device, _push(ports, device, ring)) for device in devices]
    with changing(ports) as change:
        for device, outcome in rung:
            _heed(change, device, outcome)
        _close(change, attempt, rung)
        row = still_ours(change, delivery)
        if row is not None and step is Step.NOTIFY:
            _notified(change, row, rung)
        elif row is not None:
            _reminded(change, row)


def _doorbell(change: Change, delivery: Delivery) -> Ring:
    scene = scene_of(change, delivery)
    return Ring(
        kind="manual_task",
        task_id=delivery.id,
        rev=delivery.rev,
        channel=scene.channel.kind,
        title=scene.post.title,
        expires_at=delivery.miss_at,
        time_to_live=max(delivery.miss_at - change.now, timedelta(0)),
        link=change.ports.agent_link.format(id=delivery.id),
    )


def _can_ring(device: Device) -> bool:
    return device.push_kind is not PushKind.NONE and device.push_lost_at is None


def _push(ports: Ports, device: Device, ring: Ring) -> Rung:
    try:
        return ports.notifier.push(device, ring)
    except PostEngineError as error:
        # A push that may have arrived does no harm twice: the phone knows the task by its id.
        wait = timedelta(seconds=error.retry_after) if error.retry_after else ports.timings.backoff
        return (
            Rung(retry_after=wait) if outcome_of(error) is not Outcome.REFUSED else Rung(problem=str(error))
        )


def _heed(change: Change, device: Device, outcome: Rung) -> None:
    if outcome.is_gone:
        stored = change.need(Device, device.id, lock=True)
        if stored.push_address == device.push_address:
            change.tx.save(replace(stored, push_lost_at=change.now))
        message = (
            f"the push registration of {device.model or device.platform} is gone; open the app on that phone"
        )
        change.alert("push_gone", "device", device.id, message, device.tenant_id)
    elif outcome.problem is not None:
        change.alert("push_refused", "device", device.id, outcome.problem, device.tenant_id)


def _close(change: Change, attempt: Attempt, rung: list[tuple[Device, Rung]]) -> None:
    was_accepted = any(outcome.is_accepted for _, outcome in rung)
    detail = f"{sum(outcome.is_accepted for _, outcome in rung)} of {len(rung)} devices rung"
    close_attempt(change, attempt, Outcome.DONE if was_accepted else Outcome.UNSENT, detail=detail)


def _notified(change: Change, row: Delivery, rung: list[tuple[Device, Rung]]) -> None:
    if any(outcome.is_accepted for _, outcome in rung):
        after = replace(row, state=DeliveryState.NOTIFIED, rang_at=change.now, reason=None)
        finish(change, row, after, by=Step.NOTIFY, why="the phone was rung")
        return
    waits = [outcome.retry_after for _, outcome in rung if outcome.retry_after is not None]
    if waits:
        put_off(change, row, why="no push service took the push", wait_s=min(waits).total_seconds())
        return
    why = "the agent has no phone that can be rung; pair one, or open the app on it"
    put_off(change, row, why=why)
    change.alert("no_device", "delivery", row.id, why, row.tenant_id)


def _reminded(change: Change, row: Delivery) -> None:
    reminders = max(row.reminders + 1, _passed(change, row))
    finish(
        change,
        row,
        replace(row, reminders=reminders, snoozed_until=None),
        by=Step.REMIND,
        why=f"rung again ({reminders})",
    )
    if reminders >= len(change.ports.timings.reminders) and row.received_at is None:
        message = "no phone has taken this task up; call the agent, or post it another way"
        change.alert("no_answer", "delivery", row.id, message, row.tenant_id)


def _passed(change: Change, row: Delivery) -> int:
    """Return how many reminders are behind us, so that those we slept through do not ring all at once."""
    timings = change.ports.timings
    if change.now >= row.miss_at - timings.remind_before_end:
        return len(timings.reminders) + 1
    return sum((row.rang_at or change.now) + wait <= change.now for wait in timings.reminders)
