"""Shrinking: the smallest run that still breaks a promise."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial

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
        yield partial(replace, posts=posts)


def _with_fewer_troubles(plan: Plan) -> Generator[Callable[[Plan], Plan]]:
    for name in TROUBLES:
        if plan.has(name):
            yield partial(_leave_out, name)


def _leave_out(name: str, plan: Plan) -> Plan:
    return replace(plan, without=plan.without | {name})


def _with_fewer_deeds(plan: Plan) -> Generator[Callable[[Plan], Plan]]:
    for deeds in range(min(plan.deeds, _MOST_DEEDS) - 1, -1, -1):
        yield partial(replace, deeds=deeds)
