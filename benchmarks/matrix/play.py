"""The harness: begin a house, plan posts, let a row do its harm, heal, wait, and count from outside."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.once.timings import scaled
from postengine.engine.posts.timings import Timings
from postengine.errors import PostEngineError
from reference_app.settings import Sabotage

from .count import Tally, has_settled, tally
from .house import House, Node
from .load import Load, plan_all, settle_in
from .nursery import Nursery
from .phones import Phones
from .row import Nemesis, Row
from .servers import Database

SCALE = 30
TENANTS = 5
_LOOK_EVERY_S = 0.5
_QUIET_S = 3.0
"""Longer than the latest late commit, and than a settle time."""
_SETTLED_WITHIN_S = 150.0
_TRIES = 3
_NEXT_SEED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a row."""

    row: str
    store: str
    seed: int
    posts: int
    sabotage: Sabotage = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a run."""

    run: Run
    tally: Tally
    wall_s: float


def until_struck(run: Run, play_once: Callable[[Run], Outcome]) -> Outcome:
    """Play a run, and again with further seeds while its harm did not strike and nothing is wrong.

    Returns:
        The last of at most three runs, with its own seed; its tally may still say what was spared.
    """
    outcome = play_once(run)
    for _ in range(_TRIES - 1):
        if outcome.tally.oddities or not outcome.tally.spared:
            break
        outcome = play_once(replace(outcome.run, seed=outcome.run.seed + _NEXT_SEED))
    return outcome


def play(run: Run, row: Row, folder: Path, nursery: Nursery, database: Database) -> Outcome:
    """Play `row` once."""
    began = time.monotonic()
    with _house(run, row, folder, nursery, database) as house:
        load = settle_in(house)
        if row.measure is not None:
            measured = row.measure(house, load, run.posts)
            return Outcome(run=run, tally=measured, wall_s=time.monotonic() - began)
        nemesis = row.nemesis()
        nemesis.house, nemesis.load = house, load
        nemesis.begin()
        house.start()
        quirks = row.quirks(house) if row.quirks else None
        people = row.people(house) if row.people else None
        with Phones(house, load, quirks=quirks, people=people) as phones:
            nemesis.phones = phones
            nemesis.started()
            plan_all(house, load, run.posts, row.share, words=row.words)
            _harm(house, load, nemesis)
            _wait_until_quiet(house)
            found = tally(house.ports, house.postiz.network(), phones.posted(), may_miss=row.may_miss)
            oddities = (*found.oddities, *nemesis.found())
            found = replace(found, oddities=oddities, spared=tuple(nemesis.spared()))
    return Outcome(run=run, tally=found, wall_s=time.monotonic() - began)


@contextmanager
def _house(run: Run, row: Row, folder: Path, nursery: Nursery, database: Database) -> Generator[House]:
    house = House(
        folder,
        nursery,
        database,
        keys=[f"agency-{number:02}" for number in range(TENANTS)],
        timings=replace(scaled(Timings(), by=SCALE), **row.timings),  # type: ignore[arg-type] # durations alone
        nodes=row.nodes() if row.nodes else usual_nodes(),
        seed=run.seed,
        sabotage=run.sabotage,
        program=row.program(folder) if row.program else None,
    )
    try:
        yield house
    finally:
        house.stop()


def usual_nodes() -> list[Node]:
    """Return two crons, three workers for posts and pushes, one for pictures, and the web."""
    crons = [Node(f"cron-{number}", "cron") for number in (1, 2)]
    workers = [Node(f"worker-{number}", "worker-distribution") for number in (1, 2, 3)]
    return [*crons, *workers, Node("media-1", "worker-media-processing"), Node("web", "web")]


def _harm(house: House, load: Load, nemesis: Nemesis) -> None:
    """Let it act until its time is over, then heal, and wait until all is settled."""
    late_s = max((load.last_at - house.ports.store.now()).total_seconds(), 0.0)
    give_up_at = time.monotonic() + late_s + nemesis.extra_s + _SETTLED_WITHIN_S
    if nemesis.times is None:
        _act_all_along(house, nemesis, time.monotonic() + late_s + nemesis.extra_s, give_up_at)
    else:
        _act_now_and_then(nemesis, nemesis.times, late_s)
    nemesis.end()
    while not _has_settled(house) and time.monotonic() < give_up_at:
        time.sleep(_LOOK_EVERY_S)


def _act_all_along(house: House, nemesis: Nemesis, until: float, give_up_at: float) -> None:
    while time.monotonic() < until or (
        nemesis.acts_to_the_end and time.monotonic() < give_up_at and not _has_settled(house)
    ):
        nemesis.act()
        time.sleep(nemesis.every_s)


def _act_now_and_then(nemesis: Nemesis, times: int, span_s: float) -> None:
    began = time.monotonic()
    for number in range(times):
        time.sleep(max(began + span_s * (number + 0.5) / times - time.monotonic(), 0.0))
        nemesis.act()


def _has_settled(house: House) -> bool:
    try:
        with house.reading() as tx:
            return has_settled(tx)
    except PostEngineError:  # the database is away just now
        return False


def _wait_until_quiet(house: House) -> None:
    """Wait until nothing can arrive any more: no request runs on, and Postiz has no post under way."""
    until = time.monotonic() + _SETTLED_WITHIN_S
    time.sleep(_QUIET_S)
    while any(post["has_run"] for post in house.postiz.posts()) and time.monotonic() < until:
        time.sleep(_LOOK_EVERY_S)
