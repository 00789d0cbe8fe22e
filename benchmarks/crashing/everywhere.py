"""Die at every point of every flow, once each, and count what came of it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from postengine.testing.clock import FakeClock

from .flows import FLOWS, Flow
from .probe import NOTHING, Points
from .scene import Outcome, Stores, in_memory, live, open_scene, outcome_of

_INSIDE = "Transaction."


@dataclass
class Count:
    """What came of so many deaths.

    Attributes:
        points: Points that were died at.
        lost: Deliveries that ended otherwise than they do without deaths, and are not shown to a person
            either; or whose phones were left with what is over.
        duplicates: Arrivals at a network beyond a delivery's first.
        needs_decision: Deliveries about which a person is asked.
        calls: Points of each call, such as `Publisher.draft`.
        faults: Each loss and duplicate, as a sentence with its point.
    """

    points: int = 0
    lost: int = 0
    duplicates: int = 0
    needs_decision: int = 0
    calls: Counter[str] = field(default_factory=Counter[str])
    faults: list[str] = field(default_factory=list[str])

    def add(self, other: Count) -> None:
        """Add what came of other deaths."""
        self.points += other.points
        self.lost += other.lost
        self.duplicates += other.duplicates
        self.needs_decision += other.needs_decision
        self.calls += other.calls
        self.faults += other.faults


def trace(name: str, stores: Stores = in_memory) -> Sequence[str]:
    """Let a flow pass without a death; return its points in order.

    Raises:
        RuntimeError: It does not end as it has to: its deaths would prove nothing.
    """
    flow, points = FLOWS[name], Points()
    found = Count()
    judge(found, flow, _play(flow, points, stores), name)
    if found.faults or found.needs_decision:
        raise RuntimeError(f"{name} ends otherwise without a death: {found.faults}")
    return points.reached


def crash_everywhere(
    stores: Stores = in_memory,
    *,
    flows: Collection[str] = tuple(FLOWS),
    every: int = 1,
    every_inside: int = 1,
    is_new_only: bool = False,
) -> Count:
    """Die once at every point of `flows`, each time in a new world, and let the leases bring it home.

    Args:
        stores: Makes an empty store for each world.
        flows: Names of `FLOWS`.
        every: 1 for all points outside of transactions, and at their ends; n for each n-th of them.
        every_inside: The same for the points inside of transactions, where all that dies is rolled back.
        is_new_only: Leave out what a flow has in common with the one that it begins as.
    """
    count = Count()
    for name in flows:
        reached = trace(name, stores)
        begins_at = _known(name, reached, stores) if is_new_only else 0
        points = list(enumerate(reached))[begins_at:]
        inside = [place for place in points if place[1].startswith(_INSIDE)]
        outside = [place for place in points if not place[1].startswith((_INSIDE, NOTHING))]
        for number, point in [*outside[::every], *inside[::every_inside]]:
            count.add(crash_at(name, number, point, stores))
    return count


def _known(name: str, reached: Sequence[str], stores: Stores) -> int:
    """Return how many points a flow begins with that the flow it begins as has, too."""
    other = FLOWS[name].begins_as
    return 0 if other is None else _in_common(reached, trace(other, stores))


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def crash_at(name: str, number: int, point: str, stores: Stores = in_memory) -> Count:
    """Die at one point of a flow; return what came of it.

    Raises:
        RuntimeError: Another point is there, or none: the flow does not repeat itself.
    """
    flow, points = FLOWS[name], Points(number)
    outcome = _play(flow, points, stores)
    if points.fatal_point != point:
        raise RuntimeError(f"{name} does not repeat itself: point {number} was {point} before")
    count = Count(points=1, calls=Counter([point.split()[0]]))
    judge(count, flow, outcome, f"{name}, point {number}, {point}")
    return count


def _play(flow: Flow, points: Points, stores: Stores) -> Outcome:
    clock = FakeClock()
    with tempfile.TemporaryDirectory() as folder, stores(Path(folder), clock) as store:
        scene = open_scene(Path(folder) / "files", store, clock, points, flow.timings)
        flow.lay(scene)
        live(scene)
        return outcome_of(scene)


def judge(count: Count, flow: Flow, outcome: Outcome, where: str) -> None:
    """Add to `count` what came of a scene, and say it of `where`."""
    found = list(zip(outcome.states, outcome.asked, outcome.arrivals, strict=True))
    for index, end in enumerate(flow.ends):
        if index >= len(found):
            count.lost += 1
            count.faults.append(f"{where}: was never planned")
            continue
        state, is_asked, arrivals = found[index]
        count.needs_decision += is_asked
        count.duplicates += max(arrivals - 1, 0)
        if arrivals > 1:
            count.faults.append(f"{where}: arrived {arrivals} times")
        if not is_asked and state is not end:
            count.lost += 1
            count.faults.append(f"{where}: is {state}, not {end}")
    count.lost += len(outcome.confused)
    count.faults += [f"{where}: {sentence}" for sentence in outcome.confused]
