"""Seeded runs in which everything breaks; and proof that what they count can be found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postengine.engine.ports import Publisher
from postengine.engine.posts.states import DeliveryState

from .chaos import Report, run
from .tamper import EarlyClock, NoFence, PromotesTwice, Resends
from .world import World

BLOCK = 15


def _reports(folder: Path, seeds: range, **odds: float) -> list[tuple[int, Report]]:
    return [(seed, run(folder / str(seed), seed, **odds)) for seed in seeds]  # type: ignore[arg-type]


@pytest.mark.parametrize("first", range(0, 90, BLOCK))
def test_nothing_is_doubled_lost_or_let_out_whatever_breaks(tmp_path: Path, first: int) -> None:
    reports = _reports(tmp_path, range(first, first + BLOCK))

    broken = [
        (seed, report)
        for seed, report in reports
        if report.doubled or report.lost or report.let_out or report.not_seen
    ]
    assert broken == []


def test_most_posts_are_published_all_the_same(tmp_path: Path) -> None:
    reports = _reports(tmp_path, range(1000, 1010))

    states = [state for _, report in reports for state in report.states.items()]
    published = sum(count for state, count in states if state == DeliveryState.PUBLISHED)
    assert published > sum(count for _, count in states) / 2


def test_without_faults_crashes_and_hands_nothing_waits_for_a_person(tmp_path: Path) -> None:
    reports = _reports(tmp_path, range(5), fault_odds=0.0, crash_odds=0.0, hand_odds=0.0, outage_odds=0.0)

    for seed, report in reports:
        assert report.doubled == 0, seed
        assert DeliveryState.UNCONFIRMED not in report.states, seed


BREAKERS: dict[str, Callable[[World], Publisher]] = {
    "promotes twice": lambda world: PromotesTwice(world.ports.publisher),
    "resends": lambda world: Resends(world.ports.publisher),
    "no fence": lambda world: NoFence(world.ports.publisher, world.clock),
    "too early a clock": lambda world: EarlyClock(world.ports.publisher),
}


@pytest.mark.parametrize("how", list(BREAKERS))
def test_a_broken_protocol_is_found_within_two_hundred_seeds(tmp_path: Path, how: str) -> None:
    for seed in range(200):
        report = run(tmp_path / str(seed), seed, publisher=BREAKERS[how])
        if report.doubled or report.let_out:
            return
    raise AssertionError(f"{how}: nothing was found in 200 runs")
