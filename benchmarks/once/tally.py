"""What became of the posts, counted from what the networks received and from nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tally:
    """How a way of publishing did.

    Attributes:
        once: Posts that reached their network exactly once.
        doubled: Arrivals beyond a post's first.
        lost: Posts that neither arrived nor are shown to a person for decision.
        needs_decision: Posts that are shown to a person for decision, arrived or not.
    """

    once: int
    doubled: int
    lost: int
    needs_decision: int


def received(network_log: Path) -> Counter[str]:
    """Return how often the networks received each post, by its mark."""
    lines = network_log.read_text(encoding="utf-8").splitlines()
    return Counter(str(json.loads(line)["ref"]) for line in lines)


def tally(refs: Iterable[str], arrivals: Counter[str], shown: Collection[str]) -> Tally:
    """Count.

    Args:
        refs: The marks of all posts that were to go out.
        arrivals: From `received`.
        shown: The marks of those that a person is asked about.

    >>> tally(["a", "b", "c", "d"], Counter(a=1, b=3), {"c"})
    Tally(once=1, doubled=2, lost=1, needs_decision=1)
    """
    times = {ref: arrivals[ref] for ref in refs}
    return Tally(
        once=sum(count == 1 for count in times.values()),
        doubled=sum(max(count - 1, 0) for count in times.values()),
        lost=sum(count == 0 and ref not in shown for ref, count in times.items()),
        needs_decision=sum(ref in shown for ref in times),
    )
