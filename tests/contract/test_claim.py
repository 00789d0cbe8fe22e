"""The claim: once, in turn, with a growing fence; alike in every store."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from postengine.engine.ports import Row, Store
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from tests.contract.rows import asset, delivery

LEASE = timedelta(seconds=90)
HOUR = timedelta(hours=1)


@pytest.fixture
def past(store: Store) -> datetime:
    """An instant at which work was due."""
    return store.now() - HOUR


def add(store: Store, *rows: Row) -> None:
    with store.transaction() as tx:
        for row in rows:
            tx.add(row)


def stored(store: Store, id: str) -> Delivery:  # noqa: A002
    with store.transaction() as tx:
        row = tx.get(Delivery, id)
    assert row is not None
    return row


def test_due_work_is_leased_with_a_higher_fence(store: Store, past: datetime) -> None:
    add(store, delivery("d1", past, fence=4))
    before = store.now()

    claimed = store.claim(Delivery, limit=10, lease=LEASE, owner="host:1")

    assert [(row.id, row.fence, row.lease_owner) for row in claimed] == [("d1", 5, "host:1")]
    assert claimed == [stored(store, "d1")]
    assert claimed[0].lease_until is not None
    assert before + LEASE <= claimed[0].lease_until <= store.now() + LEASE


def test_what_is_leased_or_not_due_or_has_no_step_is_left_alone(store: Store, past: datetime) -> None:
    later = store.now() + HOUR
    add(
        store,
        delivery("leased", past, lease_until=later, lease_owner="other"),
        delivery("later", later),
        delivery("idle", None, next_step=None),
    )

    assert store.claim(Delivery, limit=10, lease=LEASE, owner="me") == []


def test_a_second_claim_finds_nothing(store: Store, past: datetime) -> None:
    add(store, delivery("d1", past))
    store.claim(Delivery, limit=10, lease=LEASE, owner="me")

    assert store.claim(Delivery, limit=10, lease=LEASE, owner="other") == []


def test_a_lease_that_ended_is_claimed_again(store: Store, past: datetime) -> None:
    add(store, delivery("d1", past, fence=1, lease_until=past + LEASE, lease_owner="dead"))

    claimed = store.claim(Delivery, limit=10, lease=LEASE, owner="me")

    assert [(row.fence, row.lease_owner, row.crashes) for row in claimed] == [(2, "me", 0)]


def test_only_a_lease_that_ended_after_take_counts_as_a_crash(store: Store, past: datetime) -> None:
    add(
        store,
        delivery("taken", past, lease_until=past, taken=True, crashes=2),
        delivery("waiting", past, lease_until=past, taken=False, crashes=2),
    )

    claimed = store.claim(Delivery, limit=10, lease=LEASE, owner="me")

    assert {row.id: (row.crashes, row.taken) for row in claimed} == {
        "taken": (3, False),
        "waiting": (2, False),
    }


def test_the_most_urgent_come_first(store: Store, past: datetime) -> None:
    add(store, *(delivery(f"d{minutes}", past + timedelta(minutes=minutes)) for minutes in (3, 1, 2)))

    claimed = store.claim(Delivery, limit=2, lease=LEASE, owner="me")

    assert [row.id for row in claimed] == ["d1", "d2"]


def test_assets_are_taken_by_when_they_are_needed(store: Store, past: datetime) -> None:
    add(
        store,
        asset("old", past - HOUR, needed_at=past + HOUR),
        asset("urgent", past, needed_at=past),
    )

    claimed = store.claim(Asset, limit=1, lease=LEASE, owner="me")

    assert [row.id for row in claimed] == ["urgent"]


def test_tenants_take_turns_when_there_is_a_backlog(store: Store, past: datetime) -> None:
    big = [delivery(f"big{n}", past - HOUR + timedelta(minutes=n), tenant_id="big") for n in range(6)]
    small = [delivery(f"small{n}", past, tenant_id="small") for n in range(2)]
    add(store, *big, *small)

    claimed = store.claim(Delivery, limit=5, lease=LEASE, owner="me")

    assert [row.id for row in claimed] == ["big0", "small0", "big1", "small1", "big2"]


def test_threads_that_claim_at_once_never_get_the_same_row(store: Store, past: datetime) -> None:
    add(store, *(delivery(f"d{n:03}", past, tenant_id=f"t{n % 3}") for n in range(120)))
    taken: Counter[str] = Counter()
    ready = threading.Barrier(3)

    def take(owner: str) -> None:
        ready.wait()
        while claimed := store.claim(Delivery, limit=7, lease=LEASE, owner=owner):
            taken.update(row.id for row in claimed)

    threads = [threading.Thread(target=take, args=(f"host:{n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 120
    assert set(taken.values()) == {1}


def test_without_work_there_is_no_next_instant(store: Store) -> None:
    add(store, delivery("idle", None, next_step=None))

    assert store.next_act_at() is None


def test_the_next_instant_is_the_earliest_of_work_due_and_leases_that_end(
    store: Store, past: datetime
) -> None:
    now = store.now()
    add(
        store,
        delivery("leased", past, lease_until=now + 3 * HOUR, lease_owner="x"),
        delivery("old-lease", now + 4 * HOUR, lease_until=past, lease_owner="x"),
        delivery("later", now + 5 * HOUR),
    )
    assert store.next_act_at() == now + 3 * HOUR

    add(store, asset("a1", now + 2 * HOUR))
    assert store.next_act_at() == now + 2 * HOUR

    add(store, delivery("due", past))
    assert store.next_act_at() == past


def test_a_step_that_is_done_leaves_the_queue(store: Store, past: datetime) -> None:
    add(store, delivery("d1", past))
    (row,) = store.claim(Delivery, limit=1, lease=LEASE, owner="me")

    with store.transaction() as tx:
        tx.save(replace(row, next_step=None, act_at=None, lease_until=None, lease_owner=None))

    assert store.next_act_at() is None
