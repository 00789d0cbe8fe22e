"""One run: a world, its actors, the time of troubles, the calm after it, and the count."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from postengine.engine.posts.states import ENDED

from .actors import cron, hand, outages, phone, web, worker
from .hosts import Host
from .operator import Operator, restorer
from .plan import CALM_AFTER, Plan
from .scheduler import START
from .tally import Tally, count
from .world import World

_ENDS_AFTER = CALM_AFTER + timedelta(seconds=1600)
_POSTIZ_GOES_ON = timedelta(hours=2)
_LOOK_EVERY = timedelta(seconds=120)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a run, and all that happened in it."""

    plan: Plan
    tally: Tally
    history: str


def play(plan: Plan) -> Outcome:
    """Play one run; the same plan gives the same outcome, byte for byte."""
    random.seed(plan.seed)  # tenacity draws its jitter from here
    world = World(plan)
    _populate(world)
    world.scheduler.run(START + CALM_AFTER, world.time_has_moved)
    world.calm()
    at = START + CALM_AFTER
    while at < START + _ENDS_AFTER and not _is_over(world):
        at += _LOOK_EVERY
        world.scheduler.run(at, world.time_has_moved)
    world.scheduler.end()
    world.let_postiz_go_on(_POSTIZ_GOES_ON)
    tally = count(world)
    return Outcome(plan=plan, tally=tally, history=f"{world.scheduler.told()}\n{tally.told()}\n")


def _populate(world: World) -> None:
    scheduler = world.scheduler
    lives: dict[str, Callable[[World, Host], None]] = {
        "cron-1": cron,
        "cron-2": cron,
        "worker-1": worker,
        "worker-2": worker,
        "worker-3": worker,
    }
    lives |= {"phone-1": phone, "phone-2": phone, "web": web}
    for name, life in lives.items():
        host = Host(world, name)
        host.actor = scheduler.spawn(name, partial(life, world, host))
        world.hosts.append(host)
        if life is cron:
            world.crons.append(host.actor)
        if life is worker:
            world.queue.readers.append(host.actor)
    desk = Host(world, "operator")
    world.operator = desk.actor = scheduler.spawn("operator", Operator(world, desk).live)
    world.hosts.append(desk)
    scheduler.spawn("outages", outages(world))
    scheduler.spawn("hand", hand(world))
    scheduler.spawn("restorer", restorer(world))


def _is_over(world: World) -> bool:
    return all(row.state in ENDED or row.needs_decision for row in world.deliveries())
