"""Runs of the matrix whose harm never struck."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.matrix.count import Tally
from benchmarks.matrix.play import Outcome, Run, until_struck

_RUN = Run(row="phones", store="sqlite", seed=7, posts=1)
_STRUCK = Tally(0, 0, 0, ())
_SPARED = Tally(0, 0, 0, (), ("no phone answered twice",))


def _one_after_the_other(*tallies: Tally) -> Callable[[Run], Outcome]:
    left = iter(tallies)
    return lambda run: Outcome(run=run, tally=next(left), wall_s=0.0)


def test_a_run_that_struck_is_played_once() -> None:
    outcome = until_struck(_RUN, _one_after_the_other(_STRUCK))

    assert outcome.run == _RUN


def test_a_run_that_did_not_strike_is_played_with_further_seeds() -> None:
    outcome = until_struck(_RUN, _one_after_the_other(_SPARED, _SPARED, _STRUCK))

    assert (outcome.run.seed, outcome.tally) == (207, _STRUCK)


def test_what_never_strikes_says_so_in_the_end() -> None:
    outcome = until_struck(_RUN, _one_after_the_other(_SPARED, _SPARED, _SPARED))

    assert outcome.tally.spared == _SPARED.spared


def test_what_was_broken_is_not_played_again() -> None:
    broken = Tally(1, 0, 0, ("lost: one",), _SPARED.spared)

    outcome = until_struck(_RUN, _one_after_the_other(broken))

    assert outcome.tally == broken
