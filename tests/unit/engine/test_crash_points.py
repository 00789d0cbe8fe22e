"""The process dies at every single point of every way; the leases bring it home."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.crashing.everywhere import Count, crash_at, crash_everywhere, judge, trace
from benchmarks.crashing.flows import FLOWS
from benchmarks.crashing.ports import EXEMPT, port_calls
from benchmarks.crashing.probe import NOTHING, Crash, Points, Probe
from benchmarks.crashing.scene import Outcome
from postengine.adapters.stores.memory import MemoryStore
from postengine.clock import Clock
from postengine.engine.ports import Notifier, Store, W
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Account
from postengine.testing.clock import FakeClock
from tests.virtual_time import sqlite_store_at, sqlite_template

from .world import StubNotifier

_S = DeliveryState


@pytest.mark.parametrize("flow", FLOWS)
def test_whoever_dies_wherever_publishes_once_and_loses_nothing(flow: str) -> None:
    count = crash_everywhere(flows=[flow], every_inside=40, is_new_only=True)

    assert count.faults == []
    assert (count.lost, count.duplicates) == (0, 0)
    assert count.needs_decision <= 2
    assert count.points > 20


def test_sqlite_brings_home_what_dies_too(tmp_path: Path) -> None:
    template = sqlite_template(tmp_path)

    count = crash_everywhere(
        lambda place, clock: sqlite_store_at(clock, template, place),
        flows=["automatic", "recalled", "reassigned"],
        every=60,
        every_inside=500,
    )

    assert count.faults == []
    assert count.points > 5


def test_every_call_that_leaves_the_engine_is_died_at() -> None:
    reached = {point.split()[0] for flow in FLOWS for point in trace(flow)} - {NOTHING}

    assert reached == port_calls() - set(EXEMPT)
    assert set(EXEMPT) <= port_calls()


def test_a_flow_has_the_same_points_each_time() -> None:
    assert trace("recalled") == trace("recalled")


def test_a_point_that_is_not_there_is_told() -> None:
    with pytest.raises(RuntimeError, match="does not repeat itself"):
        crash_at("late", 0, "Publisher.draft before")


def test_a_dead_process_does_nothing_more_until_it_is_begun_anew() -> None:
    points, phone = Points(0), StubNotifier()
    points.is_armed = True
    notifier = Probe(phone, Notifier, points)

    for _ in range(2):
        with pytest.raises(Crash):
            notifier.push(None, None)
    dead = list(phone.rung)
    points.begin_anew()
    points.is_armed = False

    assert dead == []


def test_a_transaction_that_dies_before_its_end_writes_nothing() -> None:
    clock = FakeClock()
    points = Points(2)  # the writing, its other side, the end
    points.is_armed = True
    store = MemoryStore(clock)

    with pytest.raises(Crash), Probe(store, Store, points).transaction() as tx:
        tx.add(Account(id="a", base_url="https://postiz.test", api_key="key", created_at=clock.now()))

    assert points.fatal_point == "Store.transaction before"
    with store.transaction() as tx:
        assert tx.get(Account, "a") is None


class Forgetful(MemoryStore):
    """Never takes back what was claimed by a process that died before it began."""

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        return super().claim(kind, limit=limit, lease=100 * lease, owner=owner)


@contextmanager
def _forgetful(_: Path, clock: Clock) -> Generator[Store]:
    yield Forgetful(clock)


def test_a_store_that_takes_nothing_back_is_found_out() -> None:
    count = crash_everywhere(_forgetful, flows=["late"], every_inside=1000)

    assert count.lost > 0
    assert "not published" in " ".join(count.faults)


def test_what_arrives_twice_and_what_a_phone_still_shows_are_counted() -> None:
    count = Count()
    outcome = Outcome(states=[_S.PUBLISHED], asked=[False], arrivals=[3], confused=["a phone shows it"])

    judge(count, FLOWS["late"], outcome, "here")

    assert (count.duplicates, count.lost, len(count.faults)) == (2, 1, 2)
