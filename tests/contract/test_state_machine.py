"""Three engines, on memory, SQLite and PostgreSQL, live the same life; after each deed all rows agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from postengine.adapters.stores.memory import MemoryStore
from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.clock import Clock
from postengine.engine.commands.approve import approve_post
from postengine.engine.commands.cancel import cancel_delivery, cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.moving import take
from postengine.engine.ports import R, Row, Store, W
from postengine.engine.posts.agent import Device
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import IllegalMove, NotFound
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.moves import PERSON, PHONE, check_move
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Alert, Attempt, HistoryEntry, RemotePost
from postengine.engine.posts.states import (
    DeliveryState,
    HoldReason,
    HoldScope,
    ListingStatus,
    Mode,
    PostStatus,
    Step,
)
from postengine.engine.posts.status import post_status
from postengine.engine.run import run_once
from postengine.engine.schedule.claim import claim_due
from postengine.errors import PostEngineError
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import Fault, FaultKind
from tests.unit.engine.handovers import phone
from tests.unit.engine.world import World
from tests.virtual_time import postgres_clock, sqlite_store_at, sqlite_template

_KINDS: Sequence[type[Row]] = (Post, Delivery, Asset, Checkup, Hold, Attempt, RemotePost, HistoryEntry, Alert)
_WORK = {"asset": Asset, "checkup": Checkup, "delivery": Delivery}
_HANDS = (PERSON, PHONE, *Step)
_MINUTE = timedelta(minutes=1)
_FAULTS: Sequence[FaultKind] = ("drop_before", "drop_after", "500_before", "500_after", "429", "late_commit")
_SPANS = [timedelta(seconds=20), 2 * _MINUTE, 6 * _MINUTE, 30 * _MINUTE, timedelta(hours=5)]

_WHERE = ["ig", "wa", "both"]

numbers = st.integers(min_value=0, max_value=7)


class DatabaseClock(FakeClock):
    """A clock that a database follows."""

    def __init__(self, follow: Callable[[Clock], None]) -> None:
        super().__init__()
        self._follow = follow
        follow(self)

    def advance(self, span: timedelta) -> None:
        """Move on, with the database."""
        super().advance(span)
        self._follow(self)


@dataclass(frozen=True, slots=True)
class Databases:
    """What the engines' stores are made of.

    Attributes:
        template: A migrated SQLite file.
        postgres: A migrated database.
        set_clock: Sets its clock.
    """

    template: Path
    postgres: Engine
    set_clock: Callable[[Clock], None]

    def empty_postgres(self) -> SqlStore:
        """Return a store without rows."""
        store = SqlStore(self.postgres)
        with self.postgres.begin() as connection:
            for table in reversed(store.tables.metadata.sorted_tables):
                connection.execute(table.delete())
        return store


@pytest.fixture(scope="module")
def databases(
    new_postgres: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Generator[Databases]:
    """A template for SQLite, and a database in PostgreSQL whose clock can be set."""
    engine = make_engine(new_postgres("virtual"))
    migrate(engine)
    set_clock = postgres_clock(engine)
    yield Databases(sqlite_template(tmp_path_factory.mktemp("template")), engine, set_clock)
    engine.dispose()


class Lives(RuleBasedStateMachine):
    """The same deeds in three worlds."""

    def __init__(self, databases: Databases, memory: type[MemoryStore] = MemoryStore) -> None:
        super().__init__()
        self._databases = databases
        self._memory = memory
        self._stack = ExitStack()
        self.worlds: dict[str, World] = {}
        self.planned = 0

    def teardown(self) -> None:
        """Close what was opened."""
        self._stack.close()

    @initialize()
    def begin(self) -> None:
        """Make three worlds that are alike."""
        folder = Path(self._stack.enter_context(TemporaryDirectory()))
        clock = FakeClock()
        self._add("memory", folder, clock, self._memory(clock))
        clock = FakeClock()
        store = self._stack.enter_context(
            sqlite_store_at(clock, self._databases.template, folder / "database")
        )
        self._add("sqlite", folder, clock, store)
        self._add(
            "postgresql",
            folder,
            DatabaseClock(self._databases.set_clock),
            self._databases.empty_postgres(),
        )

    def _add(self, name: str, folder: Path, clock: FakeClock, store: Store) -> None:
        world = World(folder / name, clock=clock, store=store)
        self.worlds[name] = world
        phone(world, world.agent)

    def _all(self, deed: Callable[[World], object]) -> None:
        """Do the same everywhere; the same comes of it, or the same is refused."""
        told = {name: _told(deed, world) for name, world in self.worlds.items()}
        assert len(set(told.values())) == 1, told

    @rule(
        where=st.sampled_from(["ig", "wa", "both"]), span=st.sampled_from(_SPANS), is_approved=st.booleans()
    )
    def plan(self, where: str, span: timedelta, is_approved: bool) -> None:
        self.planned += 1
        name = f"p{self.planned}"

        def deed(world: World) -> object:
            channels = {"ig": [world.instagram], "wa": [world.whatsapp]}.get(
                where, [world.instagram, world.whatsapp]
            )
            return world.plan(*channels, after=span, external_id=name, is_approved=is_approved).id

        self._all(deed)

    @rule()
    def plan_for_now(self) -> None:
        self.planned += 1
        name = f"p{self.planned}"
        self._all(lambda world: world.plan(external_id=name, scheduled_at=None).id)

    @precondition(lambda self: self.planned)
    @rule(number=numbers, words=st.sampled_from(["Reduced", "New"]))
    def edit(self, number: int, words: str) -> None:
        self._all(
            lambda world: (
                edit_post(
                    world.ports, _nth(world, Post, number).id, PostChanges(content=world.words(words))
                ).id
            )
        )

    @precondition(lambda self: self.planned)
    @rule(number=numbers, span=st.sampled_from(_SPANS))
    def reschedule(self, number: int, span: timedelta) -> None:
        def deed(world: World) -> object:
            at = (world.clock.now() + span).isoformat()
            return edit_post(world.ports, _nth(world, Post, number).id, PostChanges(scheduled_at=at)).id

        self._all(deed)

    @precondition(lambda self: self.planned)
    @rule(number=numbers)
    def approve(self, number: int) -> None:
        self._all(lambda world: approve_post(world.ports, _nth(world, Post, number).id))

    @precondition(lambda self: self.planned)
    @rule(number=numbers, is_whole=st.booleans())
    def cancel(self, number: int, is_whole: bool) -> None:
        if is_whole:
            self._all(lambda world: cancel_post(world.ports, _nth(world, Post, number).id))
        else:
            self._all(lambda world: cancel_delivery(world.ports, _nth(world, Delivery, number).id))

    @rule(scope=st.sampled_from([HoldScope.TENANT, HoldScope.CHANNEL, HoldScope.LISTING]))
    def hold(self, scope: HoldScope) -> None:
        def deed(world: World) -> object:
            ids = {
                HoldScope.TENANT: world.tenant.id,
                HoldScope.CHANNEL: world.instagram.id,
                HoldScope.LISTING: world.listing.id,
            }
            return place_hold(world.ports, scope, ids[scope]).id

        self._all(deed)

    @rule()
    def say_restored(self) -> None:
        self._all(lambda world: place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED).id)

    @rule()
    def release(self) -> None:
        def deed(world: World) -> None:
            for hold in world.rows(Hold, released_at=None):
                release_hold(world.ports, hold.id)

        self._all(deed)

    @rule(status=st.sampled_from([ListingStatus.SOLD, ListingStatus.ACTIVE, ListingStatus.ACTIVE]))
    def withdraw(self, status: ListingStatus) -> None:
        self._all(lambda world: change_listing(world.ports, world.listing.id, status=status))

    @precondition(lambda self: self.planned)
    @rule(number=numbers, decision=st.sampled_from(list(Decision)))
    def decide_on(self, number: int, decision: Decision) -> None:
        self._all(lambda world: decide(world.ports, _nth(world, Delivery, number).id, decision))

    @precondition(lambda self: self.planned)
    @rule(number=numbers, says=st.sampled_from(list(PhoneSays)))
    def hear_the_phone(self, number: int, says: PhoneSays) -> None:
        def deed(world: World) -> object:
            tasks = world.rows(Delivery, channel_id=world.whatsapp.id)
            if not tasks:
                return None
            task = tasks[number % len(tasks)]
            until = world.clock.now() + _MINUTE if says is PhoneSays.SNOOZED else None
            tells = PhoneTells(says=says, occurred_at=world.clock.now(), snooze_until=until)
            with changing(world.ports) as change:
                row = change.need(Delivery, task.id, lock=True)
                return hear(change, row, tells, who=PHONE, device=change.tx.find(Device, {})[0])

        self._all(deed)

    @rule(kind=st.sampled_from(_FAULTS), method=st.sampled_from(["POST", "PUT", "DELETE", "GET"]))
    def fault(self, kind: FaultKind, method: str) -> None:
        fault = {"kind": kind, "method": method, "path": "/posts", "delay_s": 30}
        self._all(lambda world: world.fake.faults.add(Fault(**fault)))  # type: ignore[arg-type]

    @rule(span=st.sampled_from(_SPANS))
    def pass_time(self, span: timedelta) -> None:
        def deed(world: World) -> int:
            world.clock.advance(span)
            world.fake.run_due()
            return run_once(world.ports)

        self._all(deed)

    @rule(count=st.integers(min_value=1, max_value=40))
    def work_on(self, count: int) -> None:
        """Let time pass from one known instant to the next."""

        def deed(world: World) -> int:
            done = 0
            for _ in range(count):
                at = world.store.next_act_at()
                if at is not None:
                    world.clock.advance(max(at - world.clock.now(), timedelta(0)))
                world.fake.run_due()
                done += run_once(world.ports)
            return done

        self._all(deed)

    @rule(is_taken=st.booleans())
    def die(self, is_taken: bool) -> None:
        """A scheduler claims what is due, a worker begins it, and both are gone."""

        def deed(world: World) -> object:
            messages = [message for _, message in claim_due(world.ports)]
            if is_taken:
                for message in messages:
                    with suppress(PostEngineError):
                        take(world.ports, _WORK[message.kind], message.id, message.fence)
            return messages

        self._all(deed)

    @invariant()
    def all_rows_agree(self) -> None:
        if not self.worlds:
            return
        memory = self.worlds["memory"]
        for kind in _KINDS:
            expected = memory.rows(kind)
            for name in ("sqlite", "postgresql"):
                assert self.worlds[name].rows(kind) == expected, f"{kind.__name__} in {name}"
        for post in memory.rows(Post):
            assert len({_status(world, post) for world in self.worlds.values()}) == 1

    @invariant()
    def nothing_moves_as_it_may_not(self) -> None:
        if not self.worlds:
            return
        memory = self.worlds["memory"]
        modes = {row.id: row.mode for row in memory.rows(Delivery)}
        for entry in memory.rows(HistoryEntry):
            if entry.subject_id in modes and entry.from_state and entry.from_state != entry.to_state:
                start, end = DeliveryState(entry.from_state), DeliveryState(entry.to_state)
                hands = [entry.by] if entry.by in _HANDS else _HANDS
                assert any(_may_move(modes[entry.subject_id], hand, start, end) for hand in hands), entry

    @invariant()
    def nothing_arrives_twice(self) -> None:
        for name, world in self.worlds.items():
            twice = [ref for ref, count in Counter(e.ref for e in world.fake.network).items() if count > 1]
            assert twice == [], name


def _told(deed: Callable[[World], object], world: World) -> str:
    """Do it; return what came of it as text."""
    try:
        return repr(deed(world))
    except PostEngineError as error:
        return f"{type(error).__name__}: {error}"


def _nth(world: World, kind: type[R], number: int, **where: object) -> R:
    """Return one of the rows, the same in every world."""
    rows = world.rows(kind, **where)
    if not rows:  # all that was to be planned was refused
        raise NotFound(kind.__name__, str(number))
    return rows[number % len(rows)]


def _status(world: World, post: Post) -> PostStatus:
    is_approved = not world.rows(
        Hold, scope=HoldScope.POST, scope_id=post.id, reason=HoldReason.UNAPPROVED, released_at=None
    )
    return post_status([row.state for row in world.deliveries(post)], is_approved=is_approved)


def _may_move(mode: Mode, hand: str, start: DeliveryState, end: DeliveryState) -> bool:
    try:
        check_move("delivery", mode, hand, start, end)
    except IllegalMove:
        return False
    return True


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


def test_three_engines_live_the_same_life(databases: Databases) -> None:
    run_state_machine_as_test(
        lambda: Lives(databases),  # type: ignore[arg-type] # any maker will do, its documentation says
        settings=_settings(6),
    )


class Careless(MemoryStore):
    """Does not count whose workers died."""

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        claimed = [
            replace(row, crashes=0) for row in super().claim(kind, limit=limit, lease=lease, owner=owner)
        ]
        with self.transaction() as tx:
            for row in claimed:
                tx.save(row)
        return claimed


def test_a_store_that_differs_is_found_out(databases: Databases) -> None:
    lives = Lives(databases, Careless)
    try:
        lives.begin()
        lives.plan_for_now()
        lives.die(is_taken=True)
        lives.all_rows_agree()
        for world in lives.worlds.values():
            world.clock.advance(2 * _MINUTE)
        lives.die(is_taken=False)

        with pytest.raises(AssertionError, match="in sqlite"):
            lives.all_rows_agree()
    finally:
        lives.teardown()
