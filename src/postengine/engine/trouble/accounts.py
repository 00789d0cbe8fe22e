"""Troubles of Postiz accounts: breaker open, budget used up, clock off."""

from __future__ import annotations

from datetime import timedelta

from postengine.engine.ledger.budget import WINDOW, free_at
from postengine.engine.ports import Transaction
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import Step
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings

from .evidence import shown
from .kinds import troubled
from .value import Trouble, TroubleCode

_C = TroubleCode


def of_accounts(tx: Transaction, timings: Timings) -> list[Trouble]:
    """Return the troubles of all accounts."""
    return [
        found
        for account in tx.find(Account, {})
        for found in (
            _breaker(tx, account),
            _budget(tx, account),
            _skew(account, timings),
        )
        if found is not None
    ]


def _breaker(tx: Transaction, account: Account) -> Trouble | None:
    if account.breaker_open_at is None:
        return None
    probe = f"{account.probe_id} probes" if account.probe_id else "the next one that is due probes"
    return troubled(
        _C.BREAKER_OPEN,
        "account",
        account.id,
        since=account.breaker_open_at,
        what=f"{account.base_url} answers promotions too slowly or not at all",
        evidence=(probe, f"{_count(tx, account, Step.PROMOTE)} wait to be promoted"),
    )


def _budget(tx: Transaction, account: Account) -> Trouble | None:
    until = free_at(account, tx.now, is_urgent=True)
    if until is None:
        return None
    blocked = account.blocked_until is not None and account.blocked_until > tx.now
    spent = f"{account.budget_used} of {account.budget_limit} in the hour that began {shown(until - WINDOW)}"
    return troubled(
        _C.BUDGET_EXHAUSTED,
        "account",
        account.id,
        since=min(tx.now, until - WINDOW),
        what=f"{account.base_url} takes no new posts until {shown(until)}",
        evidence=(
            "it has refused, and named the wait" if blocked else spent,
            f"{_count(tx, account, Step.STAGE)} wait to be staged",
        ),
    )


def _skew(account: Account, timings: Timings) -> Trouble | None:
    if abs(timedelta(seconds=account.skew_s)) <= timings.skew_limit:
        return None
    return troubled(
        _C.CLOCK_SKEW,
        "account",
        account.id,
        since=account.listed_at or account.created_at,
        what=f"the clock of {account.base_url} is {account.skew_s:+.0f} s off the store's",
        evidence=(f"the limit is {timings.skew_limit.total_seconds():.0f} s",),
    )


def _count(tx: Transaction, account: Account, step: Step) -> int:
    return tx.count(Delivery, {"account_id": account.id, "next_step": step})
