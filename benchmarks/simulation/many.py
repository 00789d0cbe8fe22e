"""Many seeds at once, in several processes; what broke is played again and shrunk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from .plan import Plan
from .run import Outcome, play
from .sabotage import SABOTAGES

_AT_ONCE = 20


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one seed came to; picklable and small."""

    seed: int
    duplicates: int
    lost: int
    let_out: int
    needs_decision: int

    @property
    def is_broken(self) -> bool:
        """Whether a promise is broken."""
        return bool(self.duplicates or self.lost or self.let_out)


def play_broken(plan: Plan, sabotage: str | None) -> Outcome:
    """Play one run with the engine as `sabotage` breaks it, or whole."""
    with nullcontext() if sabotage is None else SABOTAGES[sabotage].patch():
        return play(plan)


def results(seeds: Iterable[int], *, profile: str, sabotage: str | None, processes: int) -> Iterator[Result]:
    """Yield what each seed came to, in the order of the seeds."""
    one = partial(_result, profile=profile, sabotage=sabotage)
    if processes == 1:
        yield from map(one, seeds)
        return
    with tempfile.TemporaryDirectory(prefix="simulate-") as folder:
        context = get_context("forkserver")
        with context.Pool(processes, initializer=_write_in, initargs=(folder,)) as pool:
            yield from pool.imap(one, seeds, chunksize=_AT_ONCE)


def _write_in(folder: str) -> None:
    """Keep the files of this process where its parent clears them away: its own end is abrupt."""
    tempfile.tempdir = folder


def _result(seed: int, *, profile: str, sabotage: str | None) -> Result:
    tally = play_broken(Plan(seed=seed, profile=profile), sabotage).tally
    return Result(
        seed=seed,
        duplicates=tally.duplicates,
        lost=len(tally.lost),
        let_out=len(tally.let_out),
        needs_decision=tally.needs_decision,
    )
