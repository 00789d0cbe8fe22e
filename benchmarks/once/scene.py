"""A scene: an installation of many tenants whose posts go out while requests fail and workers are killed."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.context import ForkServerContext
from pathlib import Path

from postengine.adapters.stores.sql import make_engine, migrate
from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import register_account, register_channel, register_tenant
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery, make_ref
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Content
from postengine.engine.posts.record import Attempt, Verb
from postengine.engine.posts.states import ENDED, DeliveryState, HoldScope
from postengine.engine.schedule.tick import tick

from .hints import HintQueue
from .killing import MortalWorkers
from .postiz import Postiz, channel_of, running_postiz
from .tally import Tally, received, tally
from .worker import Site, ports_at

_LOOK_EVERY_S = 0.5
_AT_MOST_EVERY = timedelta(seconds=0.2)
_QUIET = timedelta(seconds=12)
"""No post has changed for so long: longer than a lease, and than any wait between looks that settle one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to go out.

    Attributes:
        due_after: From the end of planning to the first due time; None: all are due now.
        due_within: From the first due time to the last.
        ends_after: The scene ends so long after the last due time at the latest, settled or not.
    """

    posts: int
    tenants: int
    seed: int
    due_after: timedelta | None = None
    due_within: timedelta = timedelta()
    ends_after: timedelta = timedelta(minutes=10)

    @property
    def longest_s(self) -> float:
        """How many seconds the scene takes at most, once all is planned."""
        ahead = self.due_after or timedelta()
        return (ahead + self.due_within + self.ends_after).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What came of it.

    Attributes:
        states: Deliveries by their last state.
        reasons: Why a person is asked, with how many posts.
    """

    tally: Tally
    killed: int
    took_s: float
    states: Counter[str]
    reasons: Counter[str]


def play(
    folder: Path, database: str, plan: Plan, context: ForkServerContext, *, sabotage: str = "none"
) -> Scene:
    """Run the scene to its end: until each post is out, or shown for decision, and nothing moves any more.

    Args:
        folder: Empty; everything is kept in it.
        database: URL of an empty database.
        plan: What goes out.
        context: Begins the workers.
        sabotage: How their publisher is broken.
    """
    started = time.monotonic()
    keys = tenant_names(plan)
    site = Site(folder=folder, database=database, address=folder / "queue", sabotage=sabotage)
    engine = make_engine(database)
    migrate(engine)
    engine.dispose()
    with ExitStack() as stack:
        postiz = stack.enter_context(running_postiz(folder, keys, seed=plan.seed))
        hints = stack.enter_context(HintQueue(site.address))
        ports = ports_at(site, hints)
        refs = _plan_all(ports, postiz, plan, keys)
        is_over = threading.Event()
        ticking = threading.Thread(target=_tick_on, args=(ports, is_over))
        workers = stack.enter_context(MortalWorkers(context, site, seed=plan.seed))
        ticking.start()
        try:
            until = time.monotonic() + plan.longest_s
            _wait_until_settled(ports, until)
            workers.spare()
            _wait_until_quiet(ports, until)
        finally:
            is_over.set()
            ticking.join()
        rows, asked = _deliveries(ports), _asked_about(ports)
        arrivals = received(postiz.network_log)
    shown = {row.ref for row in rows if row.id in asked}
    return Scene(
        tally=tally(refs, arrivals, shown),
        killed=workers.killed,
        took_s=time.monotonic() - started,
        states=Counter(str(row.state) for row in rows),
        reasons=Counter(_reason(ports, row) for row in rows if row.id in asked),
    )


def tenant_names(plan: Plan) -> list[str]:
    """Return the tenants' external ids, which are their accounts' keys, too."""
    return [f"agency-{number:02}" for number in range(plan.tenants)]


def _plan_all(ports: Ports, postiz: Postiz, plan: Plan, keys: list[str]) -> list[str]:
    """Register the tenants, store the posts, and return the posts' marks."""
    chance = random.Random(plan.seed)
    channels: dict[str, ChannelUse] = {}
    ids: dict[str, str] = {}
    for key in keys:
        account = register_account(ports, postiz.url, key)
        tenant = register_tenant(ports, key, name=key, zone="UTC", account_id=account.id)
        channel = register_channel(
            ports, tenant.id, "threads", kind="threads", name=key, integration_id=channel_of(key)
        )
        channels[key], ids[key] = ChannelUse(channel_id=channel.id), tenant.id
    refs: list[str] = []
    first_at = None if plan.due_after is None else ports.store.now() + plan.due_after
    for number in range(plan.posts):
        key = keys[number % len(keys)]
        at = None if first_at is None else first_at + chance.random() * plan.due_within
        new = NewPost(
            tenant_id=ids[key],
            external_id=f"post-{number}",
            title=f"Post {number}",
            content=Content(caption=f"Post {number} of {key}"),
            channels=(channels[key],),
            scheduled_at=None if at is None else at.isoformat(),
        )
        plan_post(ports, new)
        refs.append(make_ref(key, f"post-{number}", "threads", 1))
    return refs


def _tick_on(ports: Ports, is_over: threading.Event) -> None:
    while not is_over.is_set():
        next_at = tick(ports)
        wait = min(next_at - ports.store.now(), _AT_MOST_EVERY)
        is_over.wait(max(wait.total_seconds(), 0.02))


def _deliveries(ports: Ports) -> list[Delivery]:
    with ports.store.transaction() as tx:
        return tx.find(Delivery, {})


def _asked_about(ports: Ports) -> set[str]:
    """Return the deliveries that a person is asked about: what became of them, or why they are held."""
    with ports.store.transaction() as tx:
        held = tx.find(Hold, {"scope": HoldScope.DELIVERY, "released_at": None})
        unclear = tx.find(Delivery, {"state": DeliveryState.UNCONFIRMED})
    return {hold.scope_id for hold in held} | {row.id for row in unclear if row.needs_decision}


def _wait_until_settled(ports: Ports, until: float) -> None:
    """Wait until each post is out for good or shown to a person, or it takes too long to be true."""
    while time.monotonic() < until:
        asked = _asked_about(ports)
        if all(row.state in ENDED or row.id in asked for row in _deliveries(ports)):
            return
        time.sleep(_LOOK_EVERY_S)


def _wait_until_quiet(ports: Ports, until: float) -> None:
    """Wait until no post has changed its state for a while: what is shown may yet turn out to be out."""
    before: dict[str, str] = {}
    quiet_since = time.monotonic()
    while time.monotonic() < min(quiet_since + _QUIET.total_seconds(), until):
        now = {row.id: str(row.state) for row in _deliveries(ports) if row.state not in ENDED}
        if not now:
            return
        if now != before:
            before, quiet_since = now, time.monotonic()
        time.sleep(_LOOK_EVERY_S)


def _reason(ports: Ports, row: Delivery) -> str:
    """Return why a person is asked, without ids and times, and how the promotions were answered."""
    with ports.store.transaction() as tx:
        asked = tx.find(Attempt, {"delivery_id": row.id, "verb": Verb.PROMOTE}, order_by="opened_at")
    answers = ", ".join(
        "never, its worker died" if one.outcome is None else str(one.outcome) for one in asked
    )
    words = (row.reason or "").split()
    plain = " ".join("…" if any(char.isdigit() for char in word) else word for word in words)
    return f"{plain} (promotions answered: {answers or 'none asked'})"
