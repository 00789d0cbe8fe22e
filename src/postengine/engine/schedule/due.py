"""Holds that begin or end by themselves: the work in their scope is planned anew at that instant."""

from __future__ import annotations

from datetime import datetime

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.placing import apply, release
from postengine.engine.ports import Above, AtMost, Ports
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


def next_turn(ports: Ports) -> datetime | None:
    """Return the next instant at which a hold begins or ends by itself, or None."""
    with ports.store.transaction() as tx:
        begins = {"released_at": None, "is_applied": False, "from_at": Above(tx.now)}
        ends = {"released_at": None, "until_at": Above(tx.now)}
        beginning = [hold.from_at for hold in tx.find(Hold, begins, order_by="from_at", limit=1)]
        ending = [hold.until_at for hold in tx.find(Hold, ends, order_by="until_at", limit=1)]
    return min([*beginning, *(at for at in ending if at is not None)], default=None)
