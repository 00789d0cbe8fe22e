"""Tick: dispatch all that is due, and say when to look again."""

from __future__ import annotations

from datetime import datetime, timedelta

from postengine.engine.jobs import Job, Message
from postengine.engine.ports import Ports
from postengine.errors import PostEngineError

from .claim import claim_due, give_back
from .due import next_turn, turn_holds

_MINUTE = timedelta(minutes=1)


def tick(ports: Ports) -> datetime:
    """Claim and dispatch what is due; return the next instant worth looking at, by the store's clock.

    That is the next full minute, or sooner if work is known to be due before. Call it from a scheduler
    process, and after each write of a foreground process, so that "now" is now.

    Raises:
        PostEngineError: The store or the queue is away; claimed work is given back, or its lease ends.
    """
    dispatch_due(ports)
    now = ports.store.now()
    next_minute = now.replace(second=0, microsecond=0) + _MINUTE
    known = [at for at in (ports.store.next_act_at(), next_turn(ports)) if at is not None]
    return min([next_minute, *(max(at, now) for at in known)])


def dispatch_due(ports: Ports) -> list[tuple[Job, Message]]:
    """Claim what is due and hand it to the workers; return what was handed over."""
    turn_holds(ports)
    jobs = claim_due(ports)
    if jobs:
        try:
            ports.dispatcher.send(jobs)
        except PostEngineError:
            give_back(ports, [message for _, message in jobs])
            raise
    return jobs
