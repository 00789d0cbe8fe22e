"""Close: tell phones that a task is over, or another's now, so that they take its notification away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from postengine.engine.ledger.attempts import close_attempt, open_attempt
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.doorbell import Answers, accepted_ids, can_ring, heed, push, ring_for, told
from postengine.engine.ledger.moving import still_ours, write
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Outcome, Verb
from postengine.engine.posts.states import Step

_MOST_TRIES = 3
_KEPT_FOR = timedelta(days=1)


def close(ports: Ports, delivery: Delivery) -> None:
    """Push `task_closed` to each phone that may still show the task.

    It is a kindness, not the truth: a phone that misses it sees the end when it asks for the task. So a busy
    push service is asked three times, and no more.
    """
    with changing(ports) as change:
        ids = delivery.closing_ids or ()
        found = change.tx.find(Device, {"id": ids, "revoked_at": None})
        phones = [device for device in found if can_ring(device)]
        ring = replace(ring_for(change, delivery, "task_closed"), time_to_live=_KEPT_FOR)
    attempt = open_attempt(ports, delivery, Step.CLOSE, Verb.CLOSE)
    rung: Answers = [(device, push(ports, device, ring)) for device in phones]
    with changing(ports) as change:
        for device, answer in rung:
            heed(change, device, answer)
        outcome = Outcome.DONE if accepted_ids(rung) else Outcome.UNSENT
        close_attempt(change, attempt, outcome, detail=told(rung))
        row = still_ours(change, delivery)
        if row is not None:
            _closed(change, row, rung)


def _closed(change: Change, row: Delivery, rung: Answers) -> None:
    busy = [(device.id, answer.retry_after) for device, answer in rung if answer.retry_after is not None]
    tries = row.tries + 1
    if not busy or tries >= _MOST_TRIES:
        after = replace(row, closing_ids=None, not_before=None, tries=0, crashes=0)
    else:
        not_before = change.now + min(wait for _, wait in busy)
        ids = tuple(id_ for id_, _ in busy)
        after = replace(row, closing_ids=ids, not_before=not_before, tries=tries, crashes=0)
    write(change, row, after, by=Step.CLOSE)
