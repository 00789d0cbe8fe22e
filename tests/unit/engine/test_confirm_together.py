"""One listing tells of all that an account waits for, however many they are and whoever asks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.ports import Publisher, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import HistoryEntry, RemotePost
from postengine.engine.posts.states import DeliveryState, Mode, Step
from postengine.engine.posts.tenant import Account
from postengine.engine.run import run_once
from postengine.engine.schedule.claim import claim_due
from postengine.testing.publisher import PassOn

from .world import World

MANY = 1000


def _promoted(world: World, number: int) -> None:
    """Write rows of a post that is promoted and due, and its row at Postiz."""
    now = world.clock.now()
    row = world.fake.hand.copy(next(iter(world.fake.posts)))
    row.state, row.publish_date = "QUEUE", now
    remote_id = row.id
    delivery = Delivery(
        id=f"del-{number}",
        tenant_id=world.tenant.id,
        post_id=f"post-{number}",
        channel_id=world.instagram.id,
        account_id=world.account.id,
        mode=Mode.AUTOMATIC,
        state=DeliveryState.PROMOTED,
        next_step=Step.CONFIRM,
        act_at=now,
        due_at=now - timedelta(minutes=1),
        miss_at=now + timedelta(hours=2),
        ref=f"ref-{number}",
        remote_id=remote_id,
        promoted_at=now,
        created_at=now,
        updated_at=now,
    )
    remote = RemotePost(
        id=remote_id,
        account_id=world.account.id,
        delivery_id=delivery.id,
        occurrence=1,
        rev=1,
        publish_at=now,
        asked_at=now,
        made_at=now,
    )
    with world.store.transaction() as tx:
        (post, *_) = tx.find(Post, {})
        tx.add(replace(post, id=delivery.post_id, external_id=None))
        tx.add(delivery)
        tx.add(remote)


@pytest.fixture
def waiting(tmp_path: Path) -> World:
    """A thousand promoted posts of one account, all due to be looked for."""
    world = World(tmp_path)
    post = world.plan(after=timedelta(days=30))
    world.run()
    world.clock.set(post.scheduled_at - timedelta(hours=24))
    world.run()
    for number in range(MANY):
        _promoted(world, number)
    return world


def test_a_thousand_posts_cost_one_listing_a_poll(waiting: World) -> None:
    before = waiting.wire.count("GET", "/posts")

    run_once(waiting.ports)
    first = waiting.wire.count("GET", "/posts") - before
    waiting.clock.advance(timedelta(minutes=1))
    run_once(waiting.ports)
    second = waiting.wire.count("GET", "/posts") - before - first

    assert (first, second) == (1, 1)
    polled = waiting.rows(Delivery, next_step=Step.CONFIRM)
    assert len(polled) == MANY
    assert {(row.tries, row.seen_state) for row in polled} == {(2, "QUEUE")}


class Slow(PassOn):
    """Answers a listing only when all other workers are done with their messages."""

    def __init__(self, inner: Publisher, others: int) -> None:
        super().__init__(inner)
        self._others = others
        self.done = threading.Semaphore(0)
        self.listings = 0

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        self.listings += 1
        for _ in range(self._others):
            assert self.done.acquire(timeout=20)
        return super().list_posts(account, start, end)


def test_workers_that_ask_at_once_share_one_listing(waiting: World) -> None:
    workers = 8
    slow = Slow(waiting.ports.publisher, workers - 1)
    ports = replace(waiting.ports, publisher=slow)
    messages = [message for _, message in claim_due(ports)][:workers]

    def work(message: Message) -> None:
        perform(ports, message)
        slow.done.release()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, messages))

    assert len(messages) == workers
    assert slow.listings == 1
    assert len(waiting.rows(Delivery, seen_state="QUEUE")) == MANY


def test_a_look_whose_worker_died_is_taken_over_after_its_lease(waiting: World) -> None:
    now = waiting.clock.now()
    lease = waiting.ports.timings.lease
    waiting.change(Account, waiting.account, looker_id="del-dead", looking_until=now + lease)
    before = waiting.wire.count("GET", "/posts")
    run_once(waiting.ports)
    meanwhile = waiting.wire.count("GET", "/posts") - before

    waiting.clock.advance(lease)
    run_once(waiting.ports)

    assert meanwhile == 0
    assert waiting.wire.count("GET", "/posts") - before == 1
    (account,) = waiting.rows(Account)
    assert (account.looker_id, account.looking_until) == (None, None)
    assert {row.tries for row in waiting.rows(Delivery, next_step=Step.CONFIRM)} == {1}


def test_what_each_listing_showed_is_in_the_history(tmp_path: Path) -> None:
    world = World(tmp_path, publish_takes=timedelta(minutes=2))
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at + timedelta(minutes=8), timedelta(seconds=20))

    delivery = world.delivery(post)
    lines = [entry.why for entry in world.rows(HistoryEntry, subject_id=delivery.id)]
    assert (delivery.seen_state, delivery.state) == ("PUBLISHED", DeliveryState.PUBLISHED)
    assert [line for line in lines if line.startswith("seen")] == [
        "seen QUEUE in Postiz",
        "seen PUBLISHED in Postiz",
    ]
    assert delivery.seen_at is not None


def test_a_look_tells_of_those_too_whose_own_is_due_later(waiting: World) -> None:
    run_once(waiting.ports)
    first, *others = waiting.rows(Delivery, next_step=Step.CONFIRM)
    for row in waiting.rows(RemotePost):
        waiting.fake.posts[row.id].state = "PUBLISHED"
    waiting.change(Delivery, first, act_at=waiting.clock.now())
    before = waiting.wire.count("GET", "/posts")

    run_once(waiting.ports)

    assert waiting.wire.count("GET", "/posts") - before == 1
    assert {waiting.rows(Delivery, id=row.id)[0].state for row in (first, *others)} == {
        DeliveryState.PUBLISHED
    }


def test_a_look_without_news_leaves_those_alone_whose_own_is_due_later(waiting: World) -> None:
    run_once(waiting.ports)
    first, *others = waiting.rows(Delivery, next_step=Step.CONFIRM)
    waiting.change(Delivery, first, act_at=waiting.clock.now())

    run_once(waiting.ports)

    assert waiting.rows(Delivery, id=first.id)[0].tries == 2
    assert {waiting.rows(Delivery, id=row.id)[0].tries for row in others} == {1}


def test_a_look_that_was_taken_over_meanwhile_stays_with_the_other(waiting: World) -> None:
    def taken_over() -> None:
        until = waiting.clock.now() + timedelta(minutes=5)
        waiting.change(Account, waiting.account, looker_id="del-other", looking_until=until)

    waiting.wire.meanwhile("GET", taken_over)
    run_once(waiting.ports)

    (account,) = waiting.rows(Account)
    assert account.looker_id == "del-other"
