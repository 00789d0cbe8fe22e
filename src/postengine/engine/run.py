"""Everything due, without a queue: for a backend with its own timer, for tests and simulations."""

from __future__ import annotations

from .delivery.perform import perform
from .ports import Ports
from .schedule.claim import claim_due
from .schedule.due import turn_holds


def run_once(ports: Ports) -> int:
    """Do every step that is due, one after the other, until none is; return how many were done."""
    done = 0
    while True:
        turn_holds(ports)
        jobs = claim_due(ports)
        if not jobs:
            return done
        for _, message in jobs:
            done += perform(ports, message)
