"""What is written together is kept together, and locks keep others out."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.adapters.stores.memory import MemoryStore
from postengine.clock import SystemClock
from postengine.engine.ports import Store
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.tenant import Account, Tenant
from tests.contract.rows import NOON, delivery, full, minimal


def test_an_error_rolls_everything_back(store: Store) -> None:
    before = full(Tenant)
    with store.transaction() as tx:
        tx.add(before)

    def change_and_fail() -> None:
        with store.transaction() as tx:
            tx.save(replace(before, name="changed", external_id="changed"))
            tx.add(minimal(Tenant, id="new", external_id=before.external_id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    with store.transaction() as tx:
        assert tx.find(Tenant, {}) == [before]
        tx.add(minimal(Tenant, external_id="changed"))


def test_a_transaction_reads_its_own_writes(store: Store) -> None:
    with store.transaction() as tx:
        tx.add(delivery("d1", NOON))
        row = tx.get(Delivery, "d1", lock=True)
        assert row is not None
        tx.save(replace(row, tries=1))

        assert tx.count(Delivery, {"tries": 1}) == 1


def test_the_time_stands_still_within_a_transaction(store: Store) -> None:
    before = store.now()

    with store.transaction() as tx:
        first = tx.now
        tx.count(Tenant, {})
        second = tx.now

    assert first == second
    assert first.utcoffset() == timedelta(0)
    assert before <= first <= store.now()


def test_the_clock_and_the_next_instant_are_told_while_somebody_writes(store: Store) -> None:
    with store.transaction() as tx:
        tx.add(delivery("d1", NOON))

        assert store.now() >= tx.now
        assert store.next_act_at() in {None, NOON}


def test_a_row_that_is_removed_is_gone_and_makes_room_for_another(store: Store) -> None:
    row, other = full(Agent, tenant_id="t", external_id="a"), full(Agent, tenant_id="t", external_id="b")
    with store.transaction() as tx:
        tx.add(row)
        tx.add(other)

    with store.transaction() as tx:
        tx.remove(row)
        tx.remove(row)

    with store.transaction() as tx:
        assert [found.id for found in tx.find(Agent, {})] == [other.id]
        tx.add(full(Agent, tenant_id="t", external_id="a"))


def test_a_removal_is_rolled_back_with_the_rest(store: Store) -> None:
    row = full(Agent)
    with store.transaction() as tx:
        tx.add(row)

    def remove_and_fail() -> None:
        with store.transaction() as tx:
            tx.remove(row)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        remove_and_fail()

    with store.transaction() as tx:
        assert tx.get(Agent, row.id) is not None


def test_two_threads_that_lock_a_row_do_not_lose_an_update(store: Store) -> None:
    with store.transaction() as tx:
        tx.add(minimal(Account, id="acc"))

    def count_up() -> None:
        for _ in range(20):
            with store.transaction() as tx:
                row = tx.get(Account, "acc", lock=True)
                assert row is not None
                tx.save(replace(row, budget_used=row.budget_used + 1))

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.transaction() as tx:
        row = tx.get(Account, "acc")
    assert row is not None
    assert row.budget_used == 40


def test_memory_refuses_a_transaction_inside_another() -> None:
    store = MemoryStore(SystemClock())

    with store.transaction(), pytest.raises(RuntimeError, match="pass that one on"), store.transaction():
        pass


def test_memory_refuses_a_connection() -> None:
    store = MemoryStore(SystemClock())

    with pytest.raises(TypeError, match="SqlStore"), store.transaction(connection=object()):
        pass
