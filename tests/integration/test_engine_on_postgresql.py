"""Workers and commands that meet on PostgreSQL's locks: no deadlock, and the later one sees the earlier."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.plan import plan_post
from postengine.engine.commands.register import register_account, register_channel
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.ports import Ports, R, Row, Sighting, Store, Transaction, W
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import Upload
from postengine.engine.posts.states import DeliveryState, HoldScope, ListingStatus
from postengine.engine.posts.tenant import Account
from postengine.ids import SortableIds
from postengine.testing.publisher import PassOn
from tests.integration.live_clock import LiveClock
from tests.unit.engine.world import KEY, World

_S = DeliveryState
_PATIENCE_S = 1.0
"""How long one waits for the other, where a lock may keep the other from coming at all."""

Watch = Callable[[str, type[Row]], None]
"""Told of each statement: `before find`, and of what kind of row."""


class Meeting:
    """A transaction that tells of its statements, so that two of them can be made to meet."""

    def __init__(self, inner: Transaction, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    @property
    def now(self) -> datetime:
        return self._inner.now

    def get(self, kind: type[R], id: str, *, lock: bool = False) -> R | None:  # noqa: A002 - the port's
        self._watch("before get", kind)
        found = self._inner.get(kind, id, lock=lock)
        self._watch("after get", kind)
        return found

    def find(
        self,
        kind: type[R],
        where: Mapping[str, object],
        *,
        order_by: str = "id",
        limit: int | None = None,
        lock: bool = False,
    ) -> list[R]:
        self._watch("before find locked" if lock else "before find", kind)
        found = self._inner.find(kind, where, order_by=order_by, limit=limit, lock=lock)
        self._watch("after find", kind)
        return found

    def count(self, kind: type[Row], where: Mapping[str, object]) -> int:
        return self._inner.count(kind, where)

    def add(self, row: Row) -> None:
        self._watch("before add", type(row))
        self._inner.add(row)

    def save(self, row: Row) -> None:
        self._inner.save(row)

    def remove(self, row: Row) -> None:
        self._inner.remove(row)


class MeetingStore:
    """A store whose transactions tell of their statements."""

    def __init__(self, inner: Store, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    def now(self) -> datetime:
        return self._inner.now()

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[Transaction]:
        with self._inner.transaction(connection) as tx:
            yield Meeting(tx, self._watch)

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        return self._inner.claim(kind, limit=limit, lease=lease, owner=owner)

    def next_act_at(self) -> datetime | None:
        return self._inner.next_act_at()


class Together(PassOn):
    """Lets workers go on from a listing only together."""

    def __init__(self, world: World, parties: int) -> None:
        super().__init__(world.ports.publisher)
        self._barrier = threading.Barrier(parties)

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        try:
            return super().list_posts(account, start, end)
        finally:
            _meet(self._barrier)


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Generator[Engine]:
    engine = make_engine(postgres_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> World:
    """An agency whose rows are in an emptied database."""
    store = SqlStore(engine)
    with engine.begin() as connection:
        for table in reversed(store.tables.metadata.sorted_tables):
            connection.execute(table.delete())
    return World(tmp_path / "files", clock=LiveClock(), store=store, ids=SortableIds())


def _meet(barrier: threading.Barrier) -> None:
    try:
        barrier.wait(_PATIENCE_S)
    except threading.BrokenBarrierError:
        return  # a lock keeps the other away: that is an order too


def _at_once(*actions: Callable[[], object]) -> None:
    """Do all at once; raise what any of them raises."""
    with ThreadPoolExecutor(len(actions)) as pool:
        for future in [pool.submit(action) for action in actions]:
            future.result(60)


def _doing(ports: Ports, messages: Sequence[Message]) -> list[Callable[[], object]]:
    def doing(message: Message) -> Callable[[], object]:
        return lambda: perform(ports, message)

    return [doing(message) for message in messages]


def _watched(world: World, watch: Watch) -> Ports:
    return replace(world.ports, store=MeetingStore(world.store, watch))


def _facebook(world: World) -> Channel:
    world.fake.add_account(KEY, [{"id": "int-fb", "identifier": "facebook"}])
    return register_channel(
        world.ports,
        world.tenant.id,
        "fb",
        kind="facebook",
        name="Facebook",
        integration_id="int-fb",
        settings={"post_type": "post"},
    )


def test_two_channels_that_upload_one_picture_at_once_are_both_staged(world: World) -> None:
    post = world.plan(world.instagram, _facebook(world))
    world.draw()
    barrier = threading.Barrier(2)

    def meet(statement: str, kind: type[Row]) -> None:
        if (statement, kind) == ("before add", Upload):
            _meet(barrier)

    _at_once(*_doing(_watched(world, meet), world.claim("delivery")))

    assert {row.state for row in world.deliveries(post)} == {_S.STAGED}
    assert len(world.rows(Upload)) == 1


def test_workers_that_find_the_key_refused_at_once_hold_the_account_once(world: World) -> None:
    for number in range(5):
        world.plan(external_id=f"x{number}")
    world.draw()
    register_account(world.ports, "https://postiz.test/api", "wrong", account_id=world.account.id)
    messages = world.claim("delivery")
    ports = replace(world.ports, publisher=Together(world, 5))

    _at_once(*_doing(ports, messages))

    assert len(messages) == 5
    assert world.alerts() == {"account_sick"}
    assert {row.state for row in world.rows(Delivery)} == {_S.PLANNED}


def test_an_edit_while_a_render_ends_waits_for_it(world: World) -> None:
    post = world.plan()
    (message,) = world.claim("asset")
    is_rendered, is_edited = threading.Event(), threading.Event()

    def render_waits(statement: str, kind: type[Row]) -> None:
        if (statement, kind) == ("before find locked", Delivery):
            is_rendered.set()
            is_edited.wait(_PATIENCE_S)

    def edit_waits(statement: str, kind: type[Row]) -> None:
        if (statement, kind) == ("after find", Delivery):
            is_rendered.wait(_PATIENCE_S)
            is_edited.set()

    rendering, editing = _watched(world, render_waits), _watched(world, edit_waits)
    changes = PostChanges(content=Content(caption="new words"))
    _at_once(lambda: perform(rendering, message), lambda: edit_post(editing, post.id, changes))

    assert world.delivery(post).is_media_ready
    assert world.rows(Post, id=post.id)[0].content.caption == "new words"


def _plan_while(world: World, action: Callable[[], object]) -> Post:
    """Plan a post; `action` begins when its delivery is about to be written, and may have to wait."""
    is_planned, is_done = threading.Event(), threading.Event()

    def plan_waits(statement: str, kind: type[Row]) -> None:
        if (statement, kind) == ("before add", Delivery):
            is_planned.set()
            is_done.wait(_PATIENCE_S)

    def act() -> None:
        is_planned.wait(_PATIENCE_S)
        try:
            action()
        finally:
            is_done.set()

    planning = _watched(world, plan_waits)
    _at_once(lambda: plan_post(planning, world.new_post()), act)
    (post,) = world.rows(Post)
    return post


def test_a_post_that_is_planned_while_the_price_changes_shows_the_new_price(world: World) -> None:
    facts = replace(world.listing.facts, price="€ 1")

    post = _plan_while(world, lambda: change_listing(world.ports, world.listing.id, facts=facts))

    (asset_id,) = world.delivery(post).asset_ids
    (asset,) = world.rows(Asset, id=asset_id)
    assert "'price': '€ 1'" in str(asset.spec)


def test_a_post_that_is_planned_while_its_listing_is_withdrawn_is_cancelled(world: World) -> None:
    post = _plan_while(
        world, lambda: change_listing(world.ports, world.listing.id, status=ListingStatus.WITHDRAWN)
    )

    assert world.delivery(post).state is _S.CANCELLED


def test_two_posts_that_need_one_picture_are_planned_at_once_and_share_it(world: World) -> None:
    barrier = threading.Barrier(2)

    def meet(statement: str, kind: type[Row]) -> None:
        if (statement, kind) == ("after find", Asset):
            _meet(barrier)

    ports = _watched(world, meet)
    first, second = (world.new_post(external_id=name) for name in ("a", "b"))
    _at_once(lambda: plan_post(ports, first), lambda: plan_post(ports, second))

    assert len({row.asset_ids for row in world.rows(Delivery)}) == 1
    assert len(world.rows(Delivery)) == 2


def test_holds_edits_and_five_workers_on_one_account_never_deadlock(world: World) -> None:
    posts = [world.plan(external_id=f"x{number}") for number in range(8)]
    world.draw()

    def hold() -> None:
        for _ in posts:
            release_hold(world.ports, place_hold(world.ports, HoldScope.TENANT, world.tenant.id).id)

    def edit() -> None:
        for post in posts:
            edit_post(world.ports, post.id, PostChanges(content=Content(caption=f"edited {post.id}")))

    for _ in range(2):
        _at_once(*_doing(world.ports, world.claim("delivery")), hold, edit)
        for row in world.rows(Delivery):
            world.change(Delivery, row, lease_until=None, lease_owner=None, taken=False)

    states = {row.state for row in world.rows(Delivery)}
    assert states <= {_S.PLANNED, _S.STAGED}
    assert world.fake.network == []
