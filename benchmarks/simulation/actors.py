"""Who acts by themselves: crons, workers, the agent's phones, the web process, outages, a hand in Postiz."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear, polled
from postengine.engine.delivery.perform import perform
from postengine.engine.ledger.change import changing
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import PostError
from postengine.engine.posts.states import OPEN_HANDOVER
from postengine.engine.schedule.tick import tick
from postengine.errors import PostEngineError
from postengine.testing.postiz import OutageName
from reference_app.api import webhooks

from .hosts import Host
from .plan import CALM_AFTER
from .scheduler import NEVER
from .world import World

_ACTIVE_S = CALM_AFTER.total_seconds() - 30
_HEARD = (
    PhoneSays.RECEIVED,
    PhoneSays.OPENED,
    PhoneSays.SHARED,
    PhoneSays.CONFIRMED,
    PhoneSays.CONFIRMED,
    PhoneSays.DECLINED,
    PhoneSays.SNOOZED,
    PhoneSays.FAILED,
)


def cron(world: World, host: Host) -> None:
    """Tick, and again when the tick says so or somebody has written something."""
    ports = world.ports(host)

    def turn() -> None:
        at = tick(ports)
        soonest = world.now() + timedelta(seconds=1)
        world.scheduler.sleep_until(max(at, soonest) + timedelta(seconds=host.chance.random()))

    host.live(turn)


def worker(world: World, host: Host) -> None:
    """Do what the queue gives."""
    ports = world.ports(host)

    def turn() -> None:
        message = world.queue.take()
        if message is None:
            world.scheduler.sleep_until(world.queue.next_at())
            return
        try:
            perform(ports, message)
        except PostEngineError as error:
            world.scheduler.note(f"{message.step} lets an error escape: {error!r}")
            world.escaped.append(f"{message.id} {message.step} lets an error escape: {error}")
        world.wake_crons()

    host.live(turn)


def phone(world: World, host: Host) -> None:
    """Fetch the agent's tasks, and tell what became of them: late, twice, and out of order."""
    ports, chance = world.ports(host), host.chance
    told: list[tuple[str, PhoneTells]] = []

    def turn() -> None:
        host.sleep(timedelta(seconds=chance.uniform(10, 120)))
        with changing(ports) as change:
            device = change.need(Device, host.name)
            if chance.random() < 0.5:
                polled(change, world.agent_id, who=host.name)
            where = {"agent_id": world.agent_id, "state": OPEN_HANDOVER}
            tasks = [task.id for task in change.tx.find(Delivery, where)]
        known = sorted({*tasks, *world.phones.get(host.name, [])})
        if known:
            until = host.now() + timedelta(seconds=chance.uniform(20, 200))
            tells = PhoneTells(
                says=chance.choice(_HEARD), occurred_at=host.now(), reason="busy", snooze_until=until
            )
            told.append((chance.choice(known), tells))
        sends = [chance.choice(told)] if told and chance.random() < 0.8 else []
        for task_id, tells in sends:
            _tell(task_id, tells, device)

    def _tell(task_id: str, tells: PhoneTells, device: Device) -> None:
        try:
            with changing(ports) as change:
                row = change.need(Delivery, task_id, lock=True)
                hear(change, row, tells, who=host.name, device=device)
        except PostError as error:
            world.scheduler.note(f"says {tells.says}, and is refused: {error}")
        world.wake_crons()

    host.live(turn)


def web(world: World, host: Host) -> None:
    """Take Postiz's webhook: some hits are lost, some come twice, and some come from nobody knows where."""
    ports, chance = world.ports(host), host.chance
    seen: set[str] = set()

    def turn() -> None:
        host.sleep(timedelta(seconds=chance.uniform(3, 15)))
        out = {row.id for row in world.fake.posts.values() if row.state == "PUBLISHED"}
        has_news = bool(out - seen)
        seen.update(out)
        if chance.random() < (0.8 if has_news else 0.05) and webhooks.wake_polls(ports):
            world.wake_crons()

    host.live(turn)


def outages(world: World) -> Callable[[], None]:
    """Take a part of Postiz down once, in some seeds."""
    chance = world.plan.chance("outages")
    is_hit = chance.random() < world.plan.odds.outage
    name: OutageName = chance.choice(("temporal_down", "temporal_down", "redis_down", "db_down", "app_down"))
    at, span = chance.uniform(0, _ACTIVE_S * 0.8), timedelta(seconds=chance.uniform(20, 200))

    def body() -> None:
        if is_hit and world.plan.has("outage"):
            world.scheduler.sleep(timedelta(seconds=at))
            world.scheduler.note(f"{name} for {span.total_seconds():.0f} s")
            world.fake.begin_outage(name, min(span, CALM_AFTER - timedelta(seconds=at + 5)))
        world.scheduler.sleep_until(NEVER)

    return body


def hand(world: World) -> Callable[[], None]:
    """Let a person do something in Postiz's own pages, a few times."""
    plan, chance = world.plan, world.plan.chance("hand")
    times = chance.randrange(plan.odds.hands + 1) if plan.has("hand") else 0
    instants = sorted(chance.uniform(10, _ACTIVE_S) for _ in range(times))

    def body() -> None:
        for instant in instants:
            world.scheduler.sleep(timedelta(seconds=max(0.0, instant - world.scheduler.monotonic())))
            _reach_in(world, chance)
        world.scheduler.sleep_until(NEVER)

    return body


def _reach_in(world: World, chance: random.Random) -> None:
    rows = [row for row in world.fake.posts.values() if row.parent_id is None and not row.is_deleted]
    there = [row for row in rows if row.state != "ERROR"]
    if not there:
        return
    row, way = chance.choice(there), chance.choice(("edit", "move", "delete", "promote", "copy"))
    moved = timedelta(seconds=chance.choice((-40, 30, 100)))
    is_out = row.state == "PUBLISHED"
    if is_out and way != "delete":
        return
    world.scheduler.note(f"a person: {way} {row.id[-6:]} ({row.state})")
    match way:
        case "edit":
            world.fake.hand.edit(row.id, "a person's words", loses_mark=chance.random() < 0.3)
        case "move":
            world.fake.hand.move(row.id, row.publish_date + moved)
        case "delete":
            world.fake.hand.delete(row.id)
            if is_out and world.is_backed_up:
                world.traceless.add(row.id)
        case "promote":
            world.fake.hand.promote(row.id)
        case _:
            world.fake.hand.copy(row.id)
