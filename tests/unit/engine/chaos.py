"""A seeded run of the whole engine in which everything that can go wrong does, counted from outside."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from postengine.engine.commands.approve import approve_post
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.ports import Publisher, Transaction
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import PostError
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import ENDED, DeliveryState, HoldScope, ListingStatus
from postengine.engine.posts.timings import Timings
from postengine.engine.schedule.claim import claim_due
from postengine.engine.schedule.due import turn_holds
from postengine.errors import PostEngineError
from postengine.testing.postiz import Fault, FaultKind

from .world import World

FAULTS: tuple[FaultKind, ...] = (
    "500_before",
    "500_after",
    "late_commit",
    "drop_after",
    "drop_before",
    "cut_after",
    "slow",
    "proxy_502",
    "empty_401",
)
TIMINGS = Timings(
    stage_lead=timedelta(seconds=240),
    promote_lead=timedelta(seconds=60),
    fence_margin=timedelta(seconds=10),
    promote_proof=timedelta(seconds=2),
    settle=timedelta(seconds=20),
    lease=timedelta(seconds=60),
    grace_automatic=timedelta(seconds=300),
    polls=(timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)),
    stuck_after=timedelta(seconds=120),
    follow=timedelta(seconds=900),
    backoff=timedelta(seconds=1),
    backoff_max=timedelta(seconds=10),
)


class Crash(BaseException):
    """The process dies here."""


class CrashingStore:
    """A store whose user dies, now and then, just before or just after a commit."""

    def __init__(self, store: object, chance: random.Random, odds: float) -> None:
        self._store = store
        self._chance = chance
        self._odds = odds
        self.is_armed = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[Transaction]:
        with self._store.transaction(connection) as tx:  # type: ignore[attr-defined]
            yield tx
            self._maybe_die()
        self._maybe_die()

    def _maybe_die(self) -> None:
        if self.is_armed and self._chance.random() < self._odds:
            raise Crash


@dataclass
class Report:
    """What came of a run."""

    doubled: int
    lost: list[str]
    let_out: list[str]
    not_seen: list[str]
    states: dict[str, int] = field(default_factory=dict)


def run(
    folder: Path,
    seed: int,
    *,
    posts: int = 6,
    fault_odds: float = 0.15,
    crash_odds: float = 0.02,
    hand_odds: float = 0.004,
    outage_odds: float = 0.2,
    publisher: Callable[[World], Publisher] | None = None,
) -> Report:
    """Run `posts` posts through a world that breaks as `seed` says, until nothing is left to do.

    With `publisher` the world's publisher is replaced, to prove that a broken one is found out.
    """
    chance = random.Random(seed)
    world = World(folder, TIMINGS)
    store = CrashingStore(world.store, chance, crash_odds)
    world.ports = replace(world.ports, store=store)  # type: ignore[arg-type] # passes the rest through
    if publisher is not None:
        world.ports = replace(world.ports, publisher=publisher(world))
    for kind in FAULTS:
        world.fake.faults.add(
            Fault(
                kind=kind,
                path="/public/v1/posts",
                times=None,
                probability=fault_odds / len(FAULTS),
                delay_s=chance.uniform(1, 15),
                is_executed=chance.random() < 0.5,
                hangs=chance.random() < 0.5,
            )
        )
    if chance.random() < outage_odds:
        world.fake.begin_outage("temporal_down", timedelta(seconds=chance.uniform(30, 200)))
    planned = [
        world.plan(
            after=timedelta(seconds=chance.choice((0, 20, 90, 200, 300, 330))), external_id=f"p{number}"
        )
        for number in range(posts)
    ]
    _live(world, store, chance, planned, hand_odds)
    world.fake.faults.clear()
    store.is_armed = False
    for _ in range(200):
        world.clock.advance(timedelta(seconds=10))
        world.fake.run_due()
        _work(world, chance)
    return _report(world, planned)


def _live(
    world: World, store: CrashingStore, chance: random.Random, planned: list[Post], hand_odds: float
) -> None:
    stale: list[Message] = []
    holds: list[str] = []
    for _ in range(420):
        world.clock.advance(timedelta(seconds=1))
        world.fake.run_due()
        store.is_armed = True
        _work(world, chance, stale)
        store.is_armed = False
        if chance.random() < 0.03:
            _meddle(world, chance, planned, holds)
        if chance.random() < hand_odds:
            _reach_in(world, chance)


def _work(world: World, chance: random.Random, stale: list[Message] | None = None) -> None:
    """One tick: claim, then do the messages in any order; some get lost, doubled, or come much later."""
    try:
        turn_holds(world.ports)
        messages = [message for _, message in claim_due(world.ports)]
    except Crash:
        return
    chance.shuffle(messages)
    if stale is not None:
        kept = [message for message in messages if chance.random() > 0.03]
        doubled = [message for message in kept if chance.random() < 0.1]
        late = [stale.pop(chance.randrange(len(stale)))] if stale and chance.random() < 0.2 else []
        stale.extend(message for message in messages if chance.random() < 0.05)
        messages = kept + doubled + late
    for message in messages:
        try:
            perform(world.ports, message)
        except Crash:
            continue
        except PostEngineError as error:
            raise AssertionError(f"a step let an error escape: {error!r}") from error


def _meddle(world: World, chance: random.Random, planned: list[Post], holds: list[str]) -> None:
    """An operator does something at a bad moment."""
    post = chance.choice(planned)
    try:
        match chance.randrange(7):
            case 0:
                edit_post(
                    world.ports, post.id, PostChanges(content=Content(caption=f"edited {chance.random()}"))
                )
            case 1:
                at = world.clock.now() + timedelta(seconds=chance.choice((10, 40, 100, 200)))
                edit_post(world.ports, post.id, PostChanges(scheduled_at=at.isoformat()))
            case 2:
                cancel_post(world.ports, post.id)
            case 3:
                hold = place_hold(world.ports, HoldScope.TENANT, world.tenant.id)
                holds.append(hold.id)
            case 4 if holds:
                release_hold(world.ports, holds.pop())
            case 5:
                facts = replace(world.listing.facts, price=f"€ {chance.randrange(100, 999)},000")
                change_listing(world.ports, world.listing.id, facts=facts)
            case _:
                approve_post(world.ports, post.id)
    except PostError:
        return  # refused: it came too late, and was told so
    if holds and chance.random() < 0.5:
        release_hold(world.ports, holds.pop())


def _reach_in(world: World, chance: random.Random) -> None:
    """A person does something in Postiz's own pages."""
    open_ones = [
        row for row in world.fake.posts.values() if row.state in {"DRAFT", "QUEUE"} and not row.is_deleted
    ]
    if not open_ones:
        return
    row = chance.choice(open_ones)
    match chance.randrange(5):
        case 0:
            world.fake.hand.edit(row.id, "a person's words", loses_mark=chance.random() < 0.3)
        case 1:
            later = timedelta(seconds=chance.choice((-40, 30, 100)))
            world.fake.hand.move(row.id, row.publish_date + later)
        case 2:
            world.fake.hand.delete(row.id)
        case 3:
            world.fake.hand.promote(row.id)
        case _:
            world.fake.hand.copy(row.id)


def withdraw(world: World) -> None:
    """Take the listing off the market."""
    with world.store.transaction() as tx:
        listing = tx.get(Listing, world.listing.id)
    assert listing is not None
    change_listing(world.ports, listing.id, status=ListingStatus.WITHDRAWN)


def _report(world: World, planned: list[Post]) -> Report:
    lost: list[str] = []
    let_out: list[str] = []
    not_seen: list[str] = []
    states: dict[str, int] = {}
    received = {entry.ref for entry in world.fake.network if entry.by != "person"}
    ids = {entry.post_id for entry in world.fake.network}  # a person's edit may lose the mark, never the id
    with world.store.transaction() as tx:
        deliveries = [row for post in planned for row in tx.find(Delivery, {"post_id": post.id})]
        out_by_id = {
            row.id: any(remote.id in ids for remote in tx.find(RemotePost, {"delivery_id": row.id}))
            for row in deliveries
        }
    for row in deliveries:
        states[row.state] = states.get(row.state, 0) + 1
        if row.state not in ENDED and not row.needs_decision:
            lost.append(f"{row.id} {row.state} {row.next_step} {row.reason}")
        if row.state in {DeliveryState.CANCELLED, DeliveryState.MISSED} and row.ref in received:
            let_out.append(f"{row.id} {row.state}")
        if row.state is DeliveryState.PUBLISHED and not out_by_id[row.id] and row.ref not in received:
            not_seen.append(row.id)
    return Report(
        doubled=world.fake.duplicates(), lost=lost, let_out=let_out, not_seen=not_seen, states=states
    )
