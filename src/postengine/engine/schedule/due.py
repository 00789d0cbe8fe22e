"""Holds that begin or end by themselves: the work in their scope is planned anew at that instant."""

from __future__ import annotations

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.placing import apply, release
from postengine.engine.ports import AtMost, Ports
from postengine.engine.posts.hold import Hold


def turn_holds(ports: Ports) -> None:
    """Apply each hold whose time has come, and release each whose time is over."""
    with changing(ports) as change:
        begun = {"released_at": None, "is_applied": False, "from_at": AtMost(change.now)}
        for hold in change.tx.find(Hold, begun, lock=True):
            if hold.is_active(change.now):  # not so if it is over already, since nobody was up in between
                apply(change, hold)
        over = {"released_at": None, "until_at": AtMost(change.now)}
        for hold in change.tx.find(Hold, over, lock=True):
            release(change, hold, who="schedule")
