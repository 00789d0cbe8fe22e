"""Shrinking: the smallest run that still breaks a promise."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

from .plan import TROUBLES, Plan
from .run import Outcome

_MOST_DEEDS = 12


def shrink(found: Outcome, play: Callable[[Plan], Outcome]) -> Outcome:
    """Return the outcome of the smallest plan that still fails: fewer posts, fewer troubles, fewer deeds."""
    smallest = found
    for smaller in (_with_fewer_posts, _with_fewer_troubles, _with_fewer_deeds):
        steps = smaller(smallest.plan)
        change = next(steps, None)
        while change is not None:
            outcome = play(change(smallest.plan))
            if outcome.tally.is_broken:
                smallest = outcome
            change = next(steps, None)
    return smallest


def _with_fewer_posts(plan: Plan) -> Generator[Callable[[Plan], Plan]]:
    for posts in range(plan.posts - 1, 0, -1):
        yield lambda smaller, posts=posts: replace(smaller, posts=posts)  # type: ignore[misc]


def _with_fewer_troubles(plan: Plan) -> Generator[Callable[[Plan], Plan]]:
    for name in TROUBLES:
        if plan.has(name):
            yield lambda smaller, name=name: replace(smaller, without=smaller.without | {name})  # type: ignore[misc]


def _with_fewer_deeds(plan: Plan) -> Generator[Callable[[Plan], Plan]]:
    for deeds in range(min(plan.deeds, _MOST_DEEDS) - 1, -1, -1):
        yield lambda smaller, deeds=deeds: replace(smaller, deeds=deeds)  # type: ignore[misc]
