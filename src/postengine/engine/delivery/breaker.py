"""The circuit breaker of an account: when promotes are answered too slowly, one delivery at a time probes."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ledger.change import Change, changing
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import Step
from postengine.engine.posts.tenant import Account

from .desk import Desk


def has_to_wait(desk: Desk) -> bool:
    """Whether another delivery is probing; if nobody is, this one becomes the probe."""
    with changing(desk.ports) as change:
        account = change.need(Account, desk.account.id, lock=True)
        if account.breaker_open_at is None or account.probe_id == desk.delivery.id:
            return False
        probe = change.tx.get(Delivery, account.probe_id) if account.probe_id else None
        if probe is not None and probe.next_step is Step.PROMOTE and probe.taken:
            return True
        change.tx.save(replace(account, probe_id=desk.delivery.id))
        return False


def open_breaker(change: Change, desk: Desk) -> None:
    """A promote proved nothing: from now on one at a time."""
    account = change.need(Account, desk.account.id, lock=True)
    change.tx.save(replace(account, breaker_open_at=account.breaker_open_at or change.now, probe_id=None))
    message = f"{account.base_url} answers promotions too slowly or not at all; look at its Temporal"
    change.alert("breaker_open", "account", account.id, message)


def close_breaker(change: Change, desk: Desk) -> None:
    """A promote was proven: all may go."""
    account = change.need(Account, desk.account.id, lock=True)
    if account.breaker_open_at is not None:
        change.tx.save(replace(account, breaker_open_at=None, probe_id=None))
        change.clear_alert("breaker_open", account.id)
