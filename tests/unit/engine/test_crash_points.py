"""The process dies at every single point of the automatic way; the leases bring it home."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState
from postengine.engine.run import run_once

from .tamper import Watched, WatchedStore
from .world import World


class Crash(BaseException):
    """The process dies here."""


class Points:
    """Counts the points at which a process may die, and dies at one of them.

    Args:
        fatal: Kind and number of the point.
    """

    def __init__(self, fatal: tuple[str, int] | None = None) -> None:
        self.seen: Counter[str] = Counter()
        self.is_armed = False
        self._fatal = fatal

    def reach(self, kind: str) -> None:
        if not self.is_armed:
            return
        self.seen[kind] += 1
        if self._fatal == (kind, self.seen[kind]):
            raise Crash


def _world(folder: Path, points: Points) -> World:
    world = World(folder)
    publisher = Watched(world.ports.publisher, points.reach)
    world.ports = replace(world.ports, store=WatchedStore(world.store, points.reach), publisher=publisher)
    return world


def _live(world: World, points: Points) -> Post:
    """Let the way of one post pass, restarting what dies; return the post."""
    post = world.plan(after=timedelta(minutes=20))
    points.is_armed = True
    while (act_at := world.store.next_act_at()) is not None:
        if act_at > post.scheduled_at + timedelta(hours=1):
            break
        world.clock.advance(max(act_at - world.clock.now(), timedelta(0)))
        world.fake.run_due()
        try:
            run_once(world.ports)
        except Crash:
            world.fake.run_due()
    points.is_armed = False
    return post


def _clean(folder: Path) -> Counter[str]:
    points = Points()
    world = _world(folder, points)
    post = _live(world, points)
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    return points.seen


@pytest.mark.parametrize("kind", ["committing", "committed", "asking", "answered"])
def test_whoever_dies_wherever_publishes_once_or_asks(tmp_path: Path, kind: str) -> None:
    total = _clean(tmp_path / "clean")[kind]

    for number in range(1, total + 1):
        points = Points((kind, number))
        world = _world(tmp_path / str(number), points)
        post = _live(world, points)
        delivery = world.delivery(post)
        assert len(world.fake.network) <= 1, number
        assert delivery.needs_decision or delivery.state is DeliveryState.PUBLISHED, number
        assert (delivery.state is DeliveryState.PUBLISHED) == (len(world.fake.network) == 1), number


def test_a_clean_way_has_so_many_points(tmp_path: Path) -> None:
    seen = _clean(tmp_path)

    assert seen["asking"] == seen["answered"] == 6  # list, upload, create; list, promote; list
    assert seen["committing"] == seen["committed"] > 30
