"""Telling the operator of trouble: once for each until it is over, by every way, at least once.

What is new is noted in the same transaction as the notices that will tell of it: rows, so that a restart, or
a process that dies between the two, loses neither. A notice is claimed before it is sent; it is sent again
with the same key until the other side has taken it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypedDict, cast

from postengine.engine.ports import AtMost, Ports, Sent, Transaction
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.record import Mark

from .reading import trouble_in
from .value import Gravity, Trouble, TroubleCode

LOOK_EVERY = timedelta(seconds=15)
"""How often the store is looked at, by all processes together."""

_LOOK = "trouble look"
_TOLD = "told:"
_NOTICE = "notice:"
_LEASE = timedelta(seconds=60)
_AFTER_A_REFUSAL = timedelta(minutes=10)
_GIVEN_UP_AFTER = timedelta(days=3)
_MOST_IN_ONE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told at once: all troubles that are new since the last look.

    Attributes:
        key: The same whenever it is sent again.
        at: When they were noticed.
        troubles: The gravest first, a hundred at most.
        more: How many there are beside them.
    """

    key: str
    at: datetime
    troubles: tuple[Trouble, ...]
    more: int = 0


class _KeptTrouble(TypedDict):
    code: str
    gravity: int
    subject: str
    subject_id: str
    tenant_id: str | None
    since: str
    what: str
    evidence: list[str]
    remedy: str


class _Kept(TypedDict):
    at: str
    troubles: list[_KeptTrouble]
    more: int


class Alerter(Protocol):
    """A way to the operator: e-mail, or a webhook."""

    @property
    def way(self) -> str:
        """What the operator calls it, such as `e-mail`; without a colon."""
        ...

    def tell(self, notice: Notice) -> Sent:
        """Tell the operator; what the other side says is in the result, never raised."""
        ...


def tell_trouble(ports: Ports, alerters: Sequence[Alerter]) -> list[tuple[str, Sent]]:
    """Tell of what is new, and again of what was not taken; return each way used and what came of it.

    Any number of processes may call it, as often as they like: a trouble is noticed once, and a notice is
    sent by one of them at a time.

    Raises:
        PostEngineError: The store is away.
    """
    if alerters:
        _notice_new(ports, [alerter.way for alerter in alerters])
    return [(alerter.way, sent) for alerter in alerters for sent in _send_due(ports, alerter)]


def _notice_new(ports: Ports, ways: Sequence[str]) -> None:
    try:
        with ports.store.transaction() as tx:
            if _is_time(tx):
                _note(ports, tx, ways)
    except Conflict:  # another process looks for the first time, right now
        return


def _is_time(tx: Transaction) -> bool:
    """Whether the last look is long enough ago; then this is one, and others wait for its end."""
    known = tx.get(Mark, _LOOK, lock=True)
    if known is None:
        tx.add(Mark(id=_LOOK, value="", at=tx.now))
        return True
    if known.at + LOOK_EVERY > tx.now:
        return False
    tx.save(replace(known, at=tx.now))
    return True


def _note(ports: Ports, tx: Transaction, ways: Sequence[str]) -> None:
    found = trouble_in(tx, ports.timings)
    told = {mark.id: mark for mark in tx.find(Mark, {}) if mark.id.startswith(_TOLD)}
    lasting = {f"{_TOLD}{one.key}" for one in found}
    for id_ in told.keys() - lasting:
        tx.remove(told[id_])  # over: it is told of again when it comes back
    new = [one for one in found if f"{_TOLD}{one.key}" not in told]
    for one in new:
        tx.add(Mark(id=f"{_TOLD}{one.key}", value="", at=tx.now))
    if new:
        key = ports.ids.new("notice")
        for way in ways:
            tx.add(Mark(id=f"{_NOTICE}{way}:{key}", value=_written(new, tx.now), at=tx.now))


def _send_due(ports: Ports, alerter: Alerter) -> list[Sent]:
    outcomes: list[Sent] = []
    while (claimed := _claim(ports, alerter.way)) is not None:
        sent = alerter.tell(_read(claimed))
        _settle(ports, claimed, sent)
        outcomes.append(sent)
    return outcomes


def _claim(ports: Ports, way: str) -> Mark | None:
    """Take the oldest notice that is to be sent this way now; it comes back if its sender dies."""
    with ports.store.transaction() as tx:
        due = {"at": AtMost(tx.now)}
        ids = tuple(mark.id for mark in tx.find(Mark, due) if mark.id.startswith(f"{_NOTICE}{way}:"))
        # Locked, what another has claimed or sent since is no longer due.
        for mark in tx.find(Mark, {**due, "id": ids}, order_by="at", lock=True):
            if _read(mark).at + _GIVEN_UP_AFTER <= tx.now:
                tx.remove(mark)
                continue
            claimed = replace(mark, at=tx.now + _LEASE)
            tx.save(claimed)
            return claimed
    return None


def _settle(ports: Ports, claimed: Mark, sent: Sent) -> None:
    with ports.store.transaction() as tx:
        mark = tx.get(Mark, claimed.id, lock=True)
        if mark is None:
            return
        if sent.problem is None:
            tx.remove(mark)
        elif mark.at == claimed.at:
            tx.save(replace(mark, at=tx.now + (sent.retry_after or _AFTER_A_REFUSAL)))


def _written(new: Sequence[Trouble], now: datetime) -> str:
    told = [{**asdict(one), "since": one.since.isoformat()} for one in new[:_MOST_IN_ONE]]
    return json.dumps({"at": now.isoformat(), "troubles": told, "more": max(len(new) - _MOST_IN_ONE, 0)})


def _read(mark: Mark) -> Notice:
    kept = cast("_Kept", json.loads(mark.value))
    return Notice(
        key=mark.id.rpartition(":")[2],
        at=datetime.fromisoformat(kept["at"]),
        troubles=tuple(_trouble(one) for one in kept["troubles"]),
        more=kept["more"],
    )


def _trouble(kept: _KeptTrouble) -> Trouble:
    return Trouble(
        code=TroubleCode(kept["code"]),
        gravity=Gravity(kept["gravity"]),
        subject=kept["subject"],
        subject_id=kept["subject_id"],
        tenant_id=kept["tenant_id"],
        since=datetime.fromisoformat(kept["since"]),
        what=kept["what"],
        evidence=tuple(kept["evidence"]),
        remedy=kept["remedy"],
    )
