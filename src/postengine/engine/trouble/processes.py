"""Troubles of the service's own processes: no cron is seen, a host's clock is off the store's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from postengine.engine.ports import Ports, Transaction
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.record import Mark

from .evidence import shown
from .kinds import troubled
from .value import Trouble, TroubleCode

CRON = "cron"
"""The mark that a scheduler process sets while it runs; its value is who."""
CRON_EXPECTED = "cron expected"
"""The mark of when another process first waited for a cron."""
CRON_SILENT_AFTER = timedelta(minutes=2)
"""How long no cron may be seen."""

_CLOCK = "clock:"
_HOST_HEARD_WITHIN = timedelta(minutes=5)
_C = TroubleCode


def expect_cron(tx: Transaction) -> None:
    """Note that a cron is to be seen from now on, if none was ever seen or expected."""
    if tx.get(Mark, CRON) is None and tx.get(Mark, CRON_EXPECTED) is None:
        tx.add(Mark(id=CRON_EXPECTED, value="", at=tx.now))


def note_clock(ports: Ports) -> None:
    """Compare this host's clock with the store's, and note what it is off by while that is too much."""
    begun = ports.clock.now()
    stored = ports.store.now()
    answered = ports.clock.now()
    skew = begun + (answered - begun) / 2 - stored
    name = f"{_CLOCK}{ports.owner.partition(':')[0]}"
    is_off = abs(skew) > ports.timings.skew_limit + (answered - begun)
    try:
        with ports.store.transaction() as tx:
            _note(tx, name, skew if is_off else None)
    except Conflict:  # another process of this host has just noted the same
        return


def _note(tx: Transaction, name: str, skew: timedelta | None) -> None:
    known = tx.get(Mark, name, lock=True)
    if skew is None:
        if known is not None:
            tx.remove(known)
        return
    since = tx.now if known is None else _noted(known)[0]
    value = json.dumps({"since": since.isoformat(), "skew_s": round(skew.total_seconds(), 1)})
    mark = Mark(id=name, value=value, at=tx.now)
    if known is None:
        tx.add(mark)
    else:
        tx.save(mark)


def of_processes(marks: Sequence[Mark], now: datetime) -> list[Trouble]:
    """Return what marks tell of crons and hosts."""
    return [*_cron({mark.id: mark for mark in marks}, now), *_clocks(marks, now)]


def _cron(marks: dict[str, Mark], now: datetime) -> list[Trouble]:
    seen, expected = marks.get(CRON), marks.get(CRON_EXPECTED)
    last = seen or expected
    if last is None or last.at + CRON_SILENT_AFTER > now:
        return []
    who = "none was ever seen" if seen is None else f"the last one was {seen.value}"
    what = f"no cron has been seen since {shown(last.at)}"
    return [troubled(_C.CRON_SILENT, "service", "cron", since=last.at, what=what, evidence=(who,))]


def _clocks(marks: Sequence[Mark], now: datetime) -> list[Trouble]:
    found: list[Trouble] = []
    for mark in marks:
        if mark.id.startswith(_CLOCK) and mark.at + _HOST_HEARD_WITHIN > now:
            since, skew_s = _noted(mark)
            host = mark.id.removeprefix(_CLOCK)
            what = f"the clock of {host} is {skew_s:+.1f} s off the store's"
            seen = (f"last compared {shown(mark.at)}",)
            found.append(troubled(_C.CLOCK_SKEW, "host", host, since=since, what=what, evidence=seen))
    return found


def _noted(mark: Mark) -> tuple[datetime, float]:
    noted = json.loads(mark.value)
    return datetime.fromisoformat(noted["since"]), float(noted["skew_s"])
