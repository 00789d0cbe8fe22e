"""Tick: dispatch all that is due, and say when to look again."""

from __future__ import annotations

from datetime import datetime, timedelta

from postengine.engine.jobs import Job, Message
from postengine.engine.ports import Ports

from .claim import claim_due
from .due import turn_holds

_MINUTE = timedelta(minutes=1)


def tick(ports: Ports) -> datetime:
    """Claim and dispatch what is due; return the next instant worth looking at, by the store's clock.

    That is the next full minute, or sooner if work is known to be due before. Call it from a scheduler
    process, and after each write of a foreground process, so that "now" is now.

    Raises:
        PostEngineError: The store or the queue is away; leases bring the claimed work back.
    """
    dispatch_due(ports)
    now = ports.store.now()
    next_minute = now.replace(second=0, microsecond=0) + _MINUTE
    known = ports.store.next_act_at()
    return next_minute if known is None else min(max(known, now), next_minute)


def dispatch_due(ports: Ports) -> list[tuple[Job, Message]]:
    """Claim what is due and hand it to the workers; return what was handed over."""
    turn_holds(ports)
    jobs = claim_due(ports)
    if jobs:
        ports.dispatcher.send(jobs)
    return jobs
