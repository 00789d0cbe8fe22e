"""The drill: an installation is put back to an older point, or copied elsewhere; nothing goes out twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.stores.sql import SqlStore, make_engine, migrate, open_store
from postengine.clock import Clock
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import DeliveryState, HoldReason
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.engine.run import run_once
from postengine.ids import SortableIds
from postengine.postiz import PostizClient
from reference_app.heartbeat import Heartbeat
from reference_app.identity import adopt, check_identity
from reference_app.settings import Settings
from tests.integration.live_clock import LiveClock
from tests.unit.engine.world import Wire, World

from .conftest import Database

_S = DeliveryState
_TICK = timedelta(seconds=0.1)
_TIMINGS = Timings(
    promote_lead=timedelta(seconds=4),
    fence_margin=timedelta(seconds=2),
    settle=timedelta(seconds=1),
    polls=(timedelta(seconds=0.3),),
    backoff=timedelta(seconds=0.2),
)
_GETS = {"GET"}


class Drill:
    """An installation with posts in every state before a publication, and what an operator does to it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.file = folder / "backup"
        self.settings = Settings(data_dir=folder / "data")
        engine = make_engine(database.url)
        migrate(engine)
        self.world = World(
            folder / "files", _TIMINGS, clock=LiveClock(), store=SqlStore(engine), ids=SortableIds()
        )
        check_identity(self.settings, self.world.ports)
        self.beat()
        self.staged = self.world.plan(external_id="staged", after=timedelta(seconds=9))
        self.run_until(self.staged, _S.STAGED)
        self.promoted = self.world.plan(external_id="promoted", after=timedelta(seconds=4))
        self.run_until(self.promoted, _S.PROMOTED)
        self.planned = self.world.plan(external_id="planned", after=timedelta(seconds=4))
        self.world.draw()

    @property
    def posts(self) -> tuple[Post, Post, Post]:
        return self.planned, self.staged, self.promoted

    def beat(self) -> None:
        Heartbeat(self.settings, self.world.ports).beat()

    def save(self) -> None:
        self.database.save(self.file)
        self.beat()  # as the cron does, so that the data folder has seen more than the backup

    def put_back(self) -> None:
        """Restore the database beneath the installation, which starts anew."""
        self.end()
        self.database.put_back(self.file)
        self.world.use(open_store(self.database.url))

    def end(self) -> None:
        store = self.world.store
        assert isinstance(store, SqlStore)
        store.engine.dispose()

    def run_until(self, post: Post, *states: DeliveryState, limit_s: float = 30.0) -> None:
        self.wait_for(lambda: self.world.delivery(post).state in states, limit_s)

    def wait_for(self, is_so: Callable[[], bool], limit_s: float = 30.0) -> None:
        end = time.monotonic() + limit_s
        while not is_so():
            assert time.monotonic() < end, [(row.ref, row.state, row.reason) for row in self.rows()]
            self.world.run(_TICK, _TICK)

    def rows(self) -> list[Delivery]:
        return self.world.rows(Delivery)

    def sent(self) -> list[str]:
        """Return the refs that reached the network, in alphabetical order."""
        return sorted(entry.ref or "" for entry in self.world.fake.network)

    def refs(self) -> list[str]:
        return sorted(self.world.delivery(post).ref for post in self.posts)


@pytest.fixture
def drill(database: Database, tmp_path: Path) -> Generator[Drill]:
    drill = Drill(database, tmp_path)
    yield drill
    drill.end()


def holds(ports: Ports) -> list[HoldReason]:
    with ports.store.transaction() as tx:
        return [hold.reason for hold in tx.find(Hold, {"scope_id": SERVICE, "released_at": None})]


def test_what_was_published_after_the_backup_is_found_again_and_not_sent_twice(drill: Drill) -> None:
    drill.save()
    for post in drill.posts:
        drill.run_until(post, _S.PUBLISHED)
    drill.put_back()
    before = len(drill.world.wire.requests)

    is_own = check_identity(drill.settings, drill.world.ports)
    drill.world.run(timedelta(seconds=1.5), _TICK)
    held = [drill.world.delivery(post).state for post in drill.posts]
    asked = {method for method, _ in drill.world.wire.requests[before:]}
    adopt(drill.settings, drill.world.ports)
    for post in drill.posts:
        drill.run_until(post, _S.PUBLISHED)

    assert not is_own
    assert held == [_S.PLANNED, _S.STAGED, _S.PUBLISHED]  # what was promoted needs nothing but a look
    assert asked <= _GETS
    assert drill.sent() == drill.refs()
    assert holds(drill.world.ports) == []


def test_what_was_planned_and_published_after_the_backup_is_not_sent_again_when_it_is_planned_again(
    drill: Drill,
) -> None:
    drill.save()
    new = drill.world.plan(external_id="unknown", scheduled_at=None)
    drill.run_until(new, _S.PUBLISHED)
    drill.put_back()
    check_identity(drill.settings, drill.world.ports)
    adopt(drill.settings, drill.world.ports)

    again = drill.world.plan(external_id="unknown", scheduled_at=None)
    drill.run_until(again, _S.PUBLISHED)

    ref = drill.world.delivery(again).ref
    assert drill.sent().count(ref) == 1


def test_what_is_missed_or_cancelled_before_anybody_adopts_it_and_is_out_is_found_and_told(
    drill: Drill,
) -> None:
    drill.save()
    for post in drill.posts:
        drill.run_until(post, _S.PUBLISHED)
    drill.put_back()
    before = len(drill.world.wire.requests)
    check_identity(drill.settings, drill.world.ports)

    cancel_post(drill.world.ports, drill.staged.id)
    row = drill.world.delivery(drill.planned)
    drill.world.change(Delivery, row, miss_at=drill.world.clock.now(), act_at=drill.world.clock.now())
    drill.run_until(drill.planned, _S.PUBLISHED)
    held = drill.world.delivery(drill.staged)
    asked = {method for method, _ in drill.world.wire.requests[before:]}
    adopt(drill.settings, drill.world.ports)
    drill.run_until(drill.staged, _S.PUBLISHED)

    assert (held.state, held.recall) == (_S.STAGED, _S.CANCELLED)
    assert asked <= _GETS
    assert drill.sent() == drill.refs()
    assert {alert.subject_id for alert in drill.world.rows(Alert, code="too_late")} == {held.id}


class Elsewhere:
    """The same database on another installation, with a wire of its own to the same Postiz."""

    def __init__(self, drill: Drill, folder: Path) -> None:
        self.wire = Wire(drill.world.fake.transport())
        self.store = open_store(drill.database.copy(drill.file))
        self.ports = replace(
            drill.world.ports, store=self.store, publisher=PostizPublisher(drill.world.clock, self._connect)
        )
        self.settings = Settings(data_dir=folder / "other-data")

    def state(self, post: Post) -> DeliveryState:
        with self.store.transaction() as tx:
            return tx.find(Delivery, {"post_id": post.id})[0].state

    def alerts(self) -> set[str]:
        with self.store.transaction() as tx:
            return {alert.code for alert in tx.find(Alert, {"cleared_at": None})}

    def _connect(self, account: Account, clock: Clock) -> PostizClient:
        http = httpx.Client(transport=self.wire)
        return PostizClient(http, base_url=account.base_url, api_key=account.api_key, clock=clock)


@pytest.fixture
def elsewhere(drill: Drill, tmp_path: Path) -> Generator[Elsewhere]:
    """A copy of the drill's database that another installation has just started with."""
    drill.world.pair()
    drill.save()
    copy = Elsewhere(drill, tmp_path)
    yield copy
    copy.store.engine.dispose()


def test_a_copy_on_another_installation_sends_nothing_and_takes_nothing_back(
    drill: Drill, elsewhere: Elsewhere
) -> None:
    is_own = check_identity(elsewhere.settings, elsewhere.ports)

    def both() -> bool:
        run_once(elsewhere.ports)
        return all(drill.world.delivery(post).state is _S.PUBLISHED for post in drill.posts)

    drill.wait_for(both)

    assert not is_own
    assert holds(elsewhere.ports) == [HoldReason.RESTORED]
    assert elsewhere.alerts() >= {"another_installation"}
    assert {method for method, _ in elsewhere.wire.requests} == _GETS
    assert drill.sent() == drill.refs()


def test_what_is_cancelled_in_a_copy_is_taken_back_once_it_is_adopted(
    drill: Drill, elsewhere: Elsewhere
) -> None:
    check_identity(elsewhere.settings, elsewhere.ports)
    cancel_post(elsewhere.ports, drill.staged.id)
    run_once(elsewhere.ports)
    before = list(elsewhere.wire.requests)

    adopt(elsewhere.settings, elsewhere.ports)
    end = time.monotonic() + 20
    while elsewhere.state(drill.staged) is not _S.CANCELLED:
        assert time.monotonic() < end
        run_once(elsewhere.ports)
        time.sleep(_TICK.total_seconds())

    assert "DELETE" not in {method for method, _ in before}
    assert [row.id for row in drill.world.live()].count(
        drill.world.delivery(drill.staged).remote_id or ""
    ) == 0
