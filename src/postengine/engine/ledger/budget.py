"""The hourly budget of created posts that a Postiz account has: a row, shared by all processes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from postengine.engine.ports import Above, Made
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Attempt, Verb
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings

from .change import Change

WINDOW = timedelta(hours=1)
_KEPT_FREE = 0.1


def free_at(account: Account, now: datetime, *, is_urgent: bool) -> datetime | None:
    """Return when the account may create its next post; None means: now.

    Args:
        account: As stored.
        now: The store's time.
        is_urgent: Due now; may use the tenth that is kept free for such.
    """
    if account.blocked_until is not None and account.blocked_until > now:
        return account.blocked_until
    if account.budget_since is None or account.budget_since + WINDOW <= now:
        return None
    usable = account.budget_limit if is_urgent else int(account.budget_limit * (1 - _KEPT_FREE))
    return None if account.budget_used < usable else account.budget_since + WINDOW


def spend(change: Change, delivery: Delivery) -> bool:
    """Count one request of `delivery` against its account; False if others have used it up meanwhile."""
    account = _account(change, delivery)
    urgent = is_urgent(delivery, change.ports.timings, change.now)
    if free_at(account, change.now, is_urgent=urgent) is not None:
        return False
    since = account.budget_since
    if since is None or since + WINDOW <= change.now:
        account = replace(account, budget_since=change.now, budget_used=0)
    change.tx.save(replace(account, budget_used=account.budget_used + 1))
    return True


def refund(change: Change, delivery: Delivery) -> None:
    """Take back the count of a request that the server never counted."""
    account = _account(change, delivery)
    change.tx.save(replace(account, budget_used=max(account.budget_used - 1, 0)))


def is_urgent(delivery: Delivery, timings: Timings, now: datetime) -> bool:
    """Whether it is due so soon that it may use what is kept free."""
    return now >= delivery.due_at - 2 * timings.promote_lead


def learn(change: Change, delivery: Delivery, made: Made) -> None:
    """Correct the count by what the server said of it."""
    if made.limit is None or made.remaining is None:
        return
    account = _account(change, delivery)
    used = made.limit - made.remaining
    since = account.budget_since or change.now
    # The server's window begins when it counts a first request: of ours, or of somebody else with this key.
    told = since if made.reset is None else change.now + made.reset - WINDOW
    is_same = told < since + WINDOW / 2
    # Some of ours may be on their way, and not counted by the server yet.
    used = max(used, account.budget_used) if is_same else used + _on_their_way(change, account)
    change.tx.save(replace(account, budget_limit=made.limit, budget_used=used, budget_since=told))


def _on_their_way(change: Change, account: Account) -> int:
    where = {
        "account_id": account.id,
        "verb": (Verb.CREATE, Verb.REWRITE),
        "outcome": None,
        "opened_at": Above(change.now - change.ports.timings.lease),
    }
    return change.tx.count(Attempt, where)


def block(change: Change, delivery: Delivery, wait_s: float) -> None:
    """Stay silent for `wait_s` seconds, as the server asked."""
    account = _account(change, delivery)
    until = change.now + timedelta(seconds=wait_s)
    change.tx.save(replace(account, blocked_until=until, budget_used=0, budget_since=until))


def _account(change: Change, delivery: Delivery) -> Account:
    return change.need(Account, delivery.account_id or "", lock=True)
