"""The simulation: whole, nothing is doubled, lost or let out; broken on purpose, it is found."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from benchmarks.simulate import command
from benchmarks.simulation.many import play_broken
from benchmarks.simulation.plan import PROFILES, TROUBLES, Plan
from benchmarks.simulation.run import play
from benchmarks.simulation.sabotage import SABOTAGES
from benchmarks.simulation.shrink import shrink

_ROOT = Path(__file__).parents[3]
_BLOCK = 20
_TRIES = 40

FOUND_AT = {
    "skip-fence": 1,
    "promote-twice": 0,
    "keep-id-after-lost-edit": 132,
    "trust-delete": 55,
    "trust-late-delete": 5,
    "adopt-any-rev": 15,
    "recreate-vanished": 3,
    "open-no-attempt": 1,
    "trust-webhook": 2,
    "lease-by-host-clock": 11,
    "forget-restored-hold": 0,
    "trust-restored-rows": 13,
    "trust-early-clock": 108,
    "resend": 0,
}
"""The first seed of a search from 0 that found each, under the profile of odds that it names."""


@pytest.mark.parametrize("first", range(0, 200, _BLOCK))
def test_nothing_is_doubled_lost_or_let_out_whatever_breaks(first: int) -> None:
    outcomes = [play(Plan(seed=seed)) for seed in range(first, first + _BLOCK)]

    assert [outcome.history for outcome in outcomes if outcome.tally.is_broken] == []


@pytest.mark.parametrize("profile", sorted(PROFILES.keys() - {"usual"}))
def test_nor_is_it_where_one_kind_of_trouble_is_frequent(profile: str) -> None:
    outcomes = [play(Plan(seed=seed, profile=profile)) for seed in range(5000, 5006)]

    assert [outcome.history for outcome in outcomes if outcome.tally.is_broken] == []


@pytest.mark.parametrize("name", sorted(SABOTAGES))
def test_a_broken_engine_is_found(name: str) -> None:
    seeds = range(FOUND_AT[name], FOUND_AT[name] + _TRIES)
    plans = (Plan(seed=seed, profile=SABOTAGES[name].profile) for seed in seeds)

    assert any(play_broken(plan, name).tally.is_broken for plan in plans)


def test_a_sabotage_leaves_nothing_behind() -> None:
    plan = Plan(seed=FOUND_AT["promote-twice"])

    before = play(plan)
    broken = play_broken(plan, "promote-twice")
    after = play(plan)

    assert broken.history != before.history == after.history


def test_the_same_seed_tells_the_same_history_in_another_process() -> None:
    told = [_told("4", hash_seed) for hash_seed in ("0", "7")]

    assert told[0] == told[1]
    assert told[0].count(b"\n") > 20


def _told(seed: str, hash_seed: str) -> bytes:
    arguments = [sys.executable, "-m", "benchmarks.simulate", "--seed", seed]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(
        arguments, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, check=True, timeout=120
    ).stdout


def test_another_seed_tells_another_history() -> None:
    assert play(Plan(seed=4)).history != play(Plan(seed=5)).history


def test_most_posts_are_published_all_the_same() -> None:
    states = Counter(state for seed in range(1000, 1020) for state in play(Plan(seed=seed)).tally.states)

    assert states["published"] > states.total() / 2


def test_without_troubles_nothing_waits_for_a_person() -> None:
    plans = [Plan(seed=seed, without=frozenset(TROUBLES), deeds=0) for seed in range(10)]

    states = Counter(state for plan in plans for state in play(plan).tally.states)

    assert states["unconfirmed"] == states["failed"] == states["cancelled"] == 0


def test_what_is_found_is_shrunk_and_still_fails() -> None:
    name = "promote-twice"
    found = play_broken(Plan(seed=FOUND_AT[name]), name)

    smallest = shrink(found, partial(play_broken, sabotage=name))

    assert smallest.tally.duplicates > 0
    assert smallest.plan.posts < found.plan.posts
    assert smallest.plan.deeds == 0
    assert "hand" in smallest.plan.without
    assert len(smallest.history) < len(found.history)


def test_the_command_names_all_that_was_left_out() -> None:
    outcome = play(Plan(seed=9, posts=1, deeds=0, without=frozenset({"hand", "crash"})))

    assert command(outcome, None) == (
        "python -m benchmarks.simulate --seed 9 --posts 1 --deeds 0 --profile usual --without crash hand"
    )
