"""Simulation: thousands of seeded histories in which everything breaks, counted from outside.

    python -m benchmarks.simulate [--seeds N] [--first N] [--processes N] [--profile NAME] [--sabotage NAME]
    python -m benchmarks.simulate --seed N [--posts N] [--deeds N] [--without TROUBLE …]

The engine's own code runs on a virtual clock in one thread: two crons, three workers, two phones, the web
process, an operator and a person in Postiz's pages take turns as the seed says. Processes die and stand
still, messages are lost, doubled and late, Postiz fails in all its ways, and the store is put back to a
backup. With `--seed` one history is told; the same seed tells the same one, byte for byte. A seed that breaks
a promise is shrunk, and told with the command that repeats it. With `--sabotage` the engine is broken on
purpose, and the run ends with the first seed that finds it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from functools import partial

from .simulation.many import Result, play_broken, results
from .simulation.plan import PROFILES, TROUBLES, Plan
from .simulation.run import Outcome
from .simulation.sabotage import SABOTAGES
from .simulation.shrink import shrink

_MOST_TOLD = 3
_EVERY = 500


def main() -> int:
    """Play the seeds; return 1 if one of them breaks a promise."""
    options = _parser().parse_args()
    sabotage: str | None = options.sabotage
    profile: str = options.profile or (SABOTAGES[sabotage].profile if sabotage else "usual")
    if options.seed is not None:
        plan = Plan(
            seed=options.seed,
            posts=options.posts,
            deeds=options.deeds,
            without=frozenset(options.without),
            profile=profile,
        )
        outcome = play_broken(plan, sabotage)
        print(outcome.history, end="")
        return int(outcome.tally.is_broken)
    seeds = range(options.first, options.first + options.seeds)
    return _play_many(seeds, profile, sabotage, options.processes)


def _play_many(seeds: range, profile: str, sabotage: str | None, processes: int) -> int:
    began_at = time.monotonic()
    played: list[Result] = []
    broken: list[int] = []
    for result in results(seeds, profile=profile, sabotage=sabotage, processes=processes):
        played.append(result)
        if result.is_broken:
            broken.append(result.seed)
            print(f"seed {result.seed} breaks a promise", flush=True)
            if sabotage is not None:
                break
        if len(played) % _EVERY == 0:
            print(f"{len(played)} seeds, {len(broken)} broken", flush=True)
    wall_s = time.monotonic() - began_at
    for seed in broken[:_MOST_TOLD]:
        _tell(Plan(seed=seed, profile=profile), sabotage)
    summary: dict[str, object] = {
        "seeds": len(played),
        "lost": sum(result.lost for result in played),
        "duplicates": sum(result.duplicates for result in played),
        "let_out": sum(result.let_out for result in played),
        "needs_decision": sum(result.needs_decision for result in played),
        "wall_s": round(wall_s, 1),
    }
    print(json.dumps(summary))
    return int(bool(broken))


def _tell(plan: Plan, sabotage: str | None) -> None:
    """Print the smallest history that still fails, and the command that repeats it."""
    play = partial(play_broken, sabotage=sabotage)
    found = play(plan)
    smallest = shrink(found, play)
    print(f"\nseed {plan.seed}:\n{found.history}")
    print(f"the smallest that still fails:\n{smallest.history}\nrepeat it: {command(smallest, sabotage)}\n")


def command(outcome: Outcome, sabotage: str | None) -> str:
    """Return the command that plays an outcome again."""
    plan = outcome.plan
    words = ["python -m benchmarks.simulate", f"--seed {plan.seed}", f"--posts {plan.posts}"]
    words += [f"--deeds {plan.deeds}", f"--profile {plan.profile}"]
    words += [f"--sabotage {sabotage}"] if sabotage else []
    words += [f"--without {' '.join(sorted(plan.without))}"] if plan.without else []
    return " ".join(words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Seeded histories in which everything breaks.")
    parser.add_argument("--seeds", type=int, default=10_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="play this one alone, and tell its history")
    parser.add_argument("--posts", type=int, default=5, help="with --seed: the most posts")
    parser.add_argument("--deeds", type=int, default=99, help="with --seed: the most deeds of the operator")
    parser.add_argument("--without", nargs="*", choices=TROUBLES, default=[], help="with --seed: left out")
    parser.add_argument("--profile", choices=sorted(PROFILES), help="the odds; `usual` unless told otherwise")
    parser.add_argument("--sabotage", choices=sorted(SABOTAGES), help="break the engine on purpose")
    parser.add_argument("--processes", type=int, default=2)
    return parser


if __name__ == "__main__":
    sys.exit(main())
