"""Telling trouble over every store: several processes at once tell each trouble once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from postengine import trouble
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Ports, Sent, Store
from postengine.engine.posts.record import Mark
from postengine.engine.trouble.telling import Notice, tell_trouble
from postengine.testing.engine import memory_ports

PROCESSES, ROUNDS = 4, 6


@dataclass
class Bell:
    """Counts how often each trouble is told."""

    way: str = "webhook"
    told: list[str] = field(default_factory=list[str])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, notice: Notice) -> Sent:
        with self.lock:
            self.told += [one.key for one in notice.troubles]
        return Sent()


def _let_look_again(store: Store) -> None:
    with store.transaction() as tx:
        known = tx.get(Mark, "trouble look", lock=True)
        if known is not None:
            tx.save(replace(known, at=known.at - timedelta(minutes=1)))


def test_several_processes_tell_each_trouble_once(store: Store, tmp_path: Path) -> None:
    ports: Ports = replace(memory_ports(tmp_path), store=store)
    bell = Bell()
    with ThreadPoolExecutor(PROCESSES) as pool:
        for number in range(ROUNDS):
            with changing(ports) as change:
                change.alert("push_gone", "device", f"d{number}", "gone")
            _let_look_again(store)

            outcomes = [pool.submit(tell_trouble, ports, [bell]) for _ in range(PROCESSES)]
            for outcome in outcomes:
                outcome.result()

    assert sorted(bell.told) == [f"push_gone:d{number}" for number in range(ROUNDS)]
    assert len(trouble(store)) == ROUNDS


def test_what_is_noted_is_kept_by_every_store(store: Store, tmp_path: Path) -> None:
    ports: Ports = replace(memory_ports(tmp_path), store=store)
    with changing(ports) as change:
        change.alert("push_gone", "device", "d", "gone")
    told: list[Notice] = []

    class Keeping(Bell):
        def tell(self, notice: Notice) -> Sent:
            told.append(notice)
            return Sent(problem="away") if len(told) == 1 else Sent()

    tell_trouble(ports, [Keeping()])
    with store.transaction() as tx:
        for mark in tx.find(Mark, {}):
            if mark.id.startswith("notice:"):
                tx.save(replace(mark, at=tx.now))
    tell_trouble(ports, [Keeping()])

    assert told[0] == told[1]
    assert list(told[0].troubles) == trouble(store)
