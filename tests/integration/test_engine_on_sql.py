"""The automatic and the manual way over SQLite, whose own clock judges what is due."""

from __future__ import annotations

import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.ledger.change import changing
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState, HoldScope
from postengine.engine.posts.timings import Timings
from postengine.engine.run import run_once
from postengine.ids import SortableIds
from tests.integration.live_clock import LiveClock
from tests.unit.engine.world import PUBLISHED_WAY, World

_TICK = timedelta(seconds=0.1)
_SHORT = Timings(
    promote_lead=timedelta(seconds=0),
    fence_margin=timedelta(seconds=2),
    polls=(timedelta(seconds=0.3),),
    backoff=timedelta(seconds=0.2),
    reminders=(timedelta(seconds=0.5),),
)


@pytest.fixture
def world(tmp_path: Path) -> Generator[World]:
    """An agency whose rows are in an SQLite file."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(engine)
    yield World(
        tmp_path / "files",
        _SHORT,
        clock=LiveClock(),
        store=SqlStore(engine),
        publish_takes=timedelta(seconds=0.2),
    )
    engine.dispose()


def _run_until(world: World, post: Post, state: DeliveryState, limit_s: float = 20.0) -> Delivery:
    """Work until the post's delivery is in `state`; return it."""
    end = time.monotonic() + limit_s
    while (delivery := world.delivery(post)).state is not state:
        assert time.monotonic() < end, f"still {delivery.state}: {delivery.reason}"
        world.run(_TICK, _TICK)
    return delivery


def test_the_automatic_way(world: World) -> None:
    post = world.plan(scheduled_at=None)

    delivery = _run_until(world, post, DeliveryState.PUBLISHED)

    assert world.history(post) == PUBLISHED_WAY
    assert [entry.ref for entry in world.fake.network] == [delivery.ref]
    assert delivery.release_url is not None


def test_the_manual_way(world: World) -> None:
    device = world.pair()
    post = world.plan(world.whatsapp, scheduled_at=None)
    task = _run_until(world, post, DeliveryState.NOTIFIED)
    for says in (PhoneSays.OPENED, PhoneSays.SHARED, PhoneSays.CONFIRMED):
        with changing(world.ports) as change:
            row = change.need(Delivery, task.id, lock=True)
            tells = PhoneTells(says=says, occurred_at=world.clock.now())
            hear(change, row, tells, who="ana", device=device)

    delivery = world.delivery(post)

    assert world.history(post) == ["notified", "opened", "shared", "published"]
    assert delivery.next_step is None


def test_a_reminder_rings_by_the_databases_clock(world: World) -> None:
    world.pair()
    post = world.plan(world.whatsapp, scheduled_at=None)
    _run_until(world, post, DeliveryState.NOTIFIED)

    world.run(timedelta(seconds=0.8), _TICK)

    assert len(world.notifier.rung) == 2


def test_a_draft_is_cancelled_and_seen_gone(world: World) -> None:
    post = world.plan(after=timedelta(hours=1))
    _run_until(world, post, DeliveryState.STAGED)
    cancel_post(world.ports, post.id)

    _run_until(world, post, DeliveryState.CANCELLED)

    assert world.live() == []
    assert world.fake.network == []


def test_a_hold_stops_it_and_a_release_lets_it_go_on(world: World) -> None:
    hold = place_hold(world.ports, HoldScope.TENANT, world.tenant.id)
    post = world.plan(scheduled_at=None)
    _run_until(world, post, DeliveryState.STAGED)
    world.run(timedelta(seconds=0.5), _TICK)
    held = list(world.fake.network)

    release_hold(world.ports, hold.id)
    _run_until(world, post, DeliveryState.PUBLISHED)

    assert held == []
    assert len(world.fake.network) == 1


def test_a_callers_transaction_that_is_rolled_back_leaves_no_post(world: World) -> None:
    store = world.store
    assert isinstance(store, SqlStore)
    post = world.plan(after=timedelta(hours=1))

    with store.engine.connect() as connection, connection.begin() as transaction:
        cancel_post(world.ports, post.id, connection=connection)
        transaction.rollback()

    assert world.delivery(post).state is DeliveryState.PLANNED


def test_four_workers_at_once_publish_each_post_once(world: World) -> None:
    world.ports = replace(world.ports, ids=SortableIds())  # counting ones are for a single thread
    posts = [world.plan(external_id=f"p{number}", scheduled_at=None) for number in range(8)]

    def work() -> None:
        end = time.monotonic() + 3
        while time.monotonic() < end:
            run_once(world.ports)
            world.fake.run_due()
            time.sleep(0.05)

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(work) for _ in range(4)]:
            future.result()
    for post in posts:
        _run_until(world, post, DeliveryState.PUBLISHED)

    assert sorted(entry.ref or "" for entry in world.fake.network) == sorted(
        world.delivery(post).ref for post in posts
    )
    assert world.fake.duplicates() == 0
