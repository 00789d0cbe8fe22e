"""A row of the matrix: a harm, and the settings under which it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from postengine.testing.phone import Person, Quirks

from .count import Tally
from .house import House, Node
from .load import Load, Share
from .phones import Phones


class Nemesis:
    """Does harm to a house. What a row does not override, does nothing.

    Attributes:
        every_s: Seconds from one act to the next.
        extra_s: It acts until so long after the last post is due.
        acts_to_the_end: It acts until all is settled, however long that takes.
        times: It acts so often in all, evenly until the last post is due; None: as the three above say.
        house, load: What it harms, and what is to go out.
        phones: The agents', once they run.
    """

    every_s = 1.0
    extra_s = 1.0
    acts_to_the_end = False
    times: int | None = None
    house: House
    load: Load
    phones: Phones

    def begin(self) -> None:
        """Prepare: the tenants are there, no post is, and no process runs."""

    def started(self) -> None:
        """All processes run; the posts come next."""

    def act(self) -> None:
        """Do harm once."""

    def end(self) -> None:
        """Heal all that is left."""

    def found(self) -> list[str]:
        """Return what else is wrong at the end, as sentences."""
        return []

    def spared(self) -> list[str]:
        """Return what of its harm never struck, as sentences: such a run proves too little."""
        return []


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        does: What is done to the service, in a few words.
        nemesis: Makes the harm of one run.
        nodes: The processes; None for the usual ones.
        timings: Durations that differ from the scaled ones.
        share: Of which kinds the posts are.
        quirks, people: How phones behave, by the tenant's key.
        may_miss: Something in the row excuses a post that is missed.
        words: Special words in captions, each in so many posts.
        measure: Does all of the row, in a house where no process runs; None for the common way.
        program: Makes the program that makes videos; None for the package's own.
    """

    number: int
    name: str
    does: str
    nemesis: Callable[[], Nemesis]
    nodes: Callable[[], list[Node]] | None = None
    timings: Mapping[str, timedelta | tuple[timedelta, ...]] = field(default_factory=dict[str, Any])
    share: Share = field(default_factory=Share)
    quirks: Callable[[House], Mapping[str, Quirks]] | None = None
    people: Callable[[House], Mapping[str, Person]] | None = None
    may_miss: bool = False
    words: Mapping[str, int] = field(default_factory=dict[str, int])
    program: Callable[[Path], Path] | None = None
    measure: Callable[[House, Load, int], Tally] | None = None
