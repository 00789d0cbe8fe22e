"""Who is rung, with what, and what is kept of the answer; the push itself is no part of a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from postengine.engine.ports import Ports, Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Outcome
from postengine.errors import PostEngineError

from .attempts import outcome_of
from .change import Change

Answers = list[tuple[Device, Rung]]


def ring_for(change: Change, delivery: Delivery, kind: str = "manual_task") -> Ring:
    """Return the doorbell for a task: no caption, no link to a file."""
    return Ring(
        kind=kind,
        task_id=delivery.id,
        rev=delivery.rev,
        channel=change.need(Channel, delivery.channel_id).kind,
        title=change.need(Post, delivery.post_id).title,
        expires_at=delivery.miss_at,
        time_to_live=max(delivery.miss_at - change.now, timedelta(0)),
        link=change.ports.agent_link.format(id=delivery.id),
        attempt=delivery.tries + 1,
    )


def phones_of(change: Change, agent_id: str | None) -> list[Device]:
    """Return the agent's phones that can be rung, the one in use first: the last that was heard of."""
    found = change.tx.find(Device, {"agent_id": agent_id, "revoked_at": None})
    return sorted(
        (device for device in found if can_ring(device)),
        key=lambda device: device.last_seen_at or device.created_at,
        reverse=True,
    )


def can_ring(device: Device) -> bool:
    """Whether its registration is known, and was not lost since."""
    return device.push_kind is not PushKind.NONE and device.push_lost_at is None


def push(ports: Ports, device: Device, ring: Ring) -> Rung:
    """Ring one phone; an error of the push service is an answer, too."""
    try:
        return ports.notifier.push(device, ring)
    except PostEngineError as error:
        # A push that may have arrived does no harm twice: the phone knows the task by its id.
        wait = timedelta(seconds=error.retry_after) if error.retry_after else ports.timings.backoff
        return (
            Rung(retry_after=wait) if outcome_of(error) is not Outcome.REFUSED else Rung(problem=str(error))
        )


def heed(change: Change, device: Device, outcome: Rung) -> None:
    """Keep what the push service said of the registration, and tell the operator."""
    name = name_of(device)
    if outcome.is_gone:
        _lose(change, device, is_dropped=True)
        message = f"the push registration of {name} is gone; open the app on that phone"
        change.alert("push_gone", "device", device.id, message, device.tenant_id)
    elif outcome.problem is not None:
        if outcome.is_foreign:
            _lose(change, device, is_dropped=False)
        change.alert("push_refused", "device", device.id, outcome.problem, device.tenant_id)
    elif outcome.is_stale:
        message = f"{name} has not renewed its push registration for a month; open the app on that phone"
        change.alert("push_stale", "device", device.id, message, device.tenant_id)


def name_of(device: Device) -> str:
    """Return what a person calls the phone."""
    return device.model or device.platform


def told(rung: Answers) -> str:
    """Return what came of ringing, phone by phone, for the attempt.

    >>> told([])
    '0 of 0 devices rung'
    """
    accepted = sum(outcome.is_accepted for _, outcome in rung)
    said = "; ".join(f"{name_of(device)} ({device.id}): {_word(outcome)}" for device, outcome in rung)
    return f"{accepted} of {len(rung)} devices rung" + (f": {said}" if said else "")


def accepted_ids(rung: Answers) -> tuple[str, ...]:
    """Return the ids of the phones whose push was taken."""
    return tuple(device.id for device, outcome in rung if outcome.is_accepted)


def with_ids(known: Iterable[str] | None, more: Iterable[str]) -> tuple[str, ...] | None:
    """Return both without repetition; None where there is none."""
    return tuple(dict.fromkeys((*(known or ()), *more))) or None


def _word(outcome: Rung) -> str:
    if outcome.is_accepted:
        return "rung"
    if outcome.is_gone:
        return "registration gone"
    if outcome.problem is not None:
        return outcome.problem
    return f"push service busy, again in {(outcome.retry_after or timedelta(0)).total_seconds():.0f} s"


def _lose(change: Change, device: Device, *, is_dropped: bool) -> None:
    """Ring this registration no more, until its phone sends one; it may have sent another meanwhile."""
    stored = change.need(Device, device.id, lock=True)
    if stored.push_address != device.push_address:
        return
    lost = replace(stored, push_lost_at=change.now)
    change.tx.save(replace(lost, push_kind=PushKind.NONE, push_address="") if is_dropped else lost)
