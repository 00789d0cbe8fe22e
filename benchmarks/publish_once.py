"""Publishing once: a thousand posts while requests fail and a worker is killed each second.

    python -m benchmarks.publish_once [--posts N] [--tenants N] [--seed N] [--scenes NAME …] [--sabotage HOW]

Of all requests about posts 10 % fail before and 12 % after they are done, 3 % are refused by 429, and 7 %
are not answered and done later. Three worker processes of five threads each share an SQL store; every second
one of them gets a SIGKILL and is begun anew. What arrived is counted from the log of the networks behind the
fake. `staged` posts have a time ahead, `late` ones are all due now, `naive` asks again after every error.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

from tests.servers import postgres_server

from .once.killing import fork_server
from .once.naive import play_naively
from .once.scene import Plan, Scene, play
from .once.tally import Tally

_SCENES = ("staged", "late", "naive")
_SABOTAGES = {"promote-twice": ("late", 150), "resend": ("late", 300), "no-fence": ("staged", 150)}
"""Ways to break the publisher, and the scene and number of posts in which each has to show."""
_SABOTAGED_ENDS_AFTER = timedelta(seconds=45)
"""What is doubled is doubled by then; a broken engine may never settle."""
_MOST_DECISIONS = {"staged": 0.010, "late": 0.060}
_A_FEW = 3
"""So many decisions are chance, in a small run."""
_NAIVE_DOUBLES = 0.200
_PROMOTED_AHEAD_S = 50
_STAGING_S = 0.06
_PROMOTING_S = 0.09
"""What a post may take of the whole run, in seconds, so that a slow machine keeps up."""


def main() -> int:
    """Play all scenes; return 1 if one of them breaks its promise."""
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell may have left SIGINT ignored
        signal.signal(number, _end)
    options = _parser().parse_args()
    sabotage: str = options.sabotage
    is_whole = sabotage == "none"
    scene, posts = _SABOTAGES.get(sabotage, (None, 1000))
    posts = options.posts or posts
    scenes: list[str] = options.scenes or ([*_SCENES] if scene is None else [scene])
    plan = Plan(posts=posts, tenants=options.tenants, seed=options.seed)
    if not is_whole:
        plan = replace(plan, ends_after=_SABOTAGED_ENDS_AFTER)
    tallies = {name: _play(name, plan, sabotage, options.database) for name in scenes}
    broken = _broken(tallies, posts) if is_whole else _doubled(tallies)
    for promise in broken:
        print(f"BROKEN: {promise}")
    print(json.dumps({"posts": posts, **{name: asdict(found) for name, found in tallies.items()}}))
    return 1 if broken else 0


def _end(*_: object) -> None:
    """End on SIGTERM as on an error: by way of everything that stops a process of ours."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + signal.SIGTERM)


def _play(name: str, plan: Plan, sabotage: str, database: str) -> Tally:
    """Play one scene in a folder of its own, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "naive":
            found = play_naively(Path(folder), plan)
            _print_tally(name, found)
            return found
        with _database(Path(folder), database) as url:
            timed = _ahead(plan) if name == "staged" else plan
            scene = play(Path(folder), url, timed, fork_server(), sabotage=sabotage)
    _print_scene(name, scene)
    return scene.tally


def _ahead(plan: Plan) -> Plan:
    """Return `plan` with times that leave as long to stage all posts, and to promote them, as that takes."""
    due_after = timedelta(seconds=_PROMOTED_AHEAD_S + plan.posts * _STAGING_S)
    return replace(plan, due_after=due_after, due_within=timedelta(seconds=plan.posts * _PROMOTING_S))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, help="1000, or fewer with --sabotage, unless given")
    parser.add_argument("--tenants", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--sabotage", choices=("none", *_SABOTAGES), default="none", help="break the publisher"
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--scenes", nargs="+", choices=_SCENES, help="only these")
    return parser


@contextmanager
def _database(folder: Path, kind: str) -> Generator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/benchmark.db"
        return
    with postgres_server(folder / "pg") as new_database:
        yield new_database("benchmark")


def _broken(tallies: dict[str, Tally], posts: int) -> list[str]:
    """Return the promises that a tally breaks, as sentences."""
    broken = _doubled({name: found for name, found in tallies.items() if name != "naive"})
    for name, most in _MOST_DECISIONS.items():
        if (found := tallies.get(name)) is None:
            continue
        if found.lost:
            broken.append(f"{name}: {found.lost} posts lost; none are promised")
        if found.needs_decision > max(most * posts, _A_FEW):
            broken.append(
                f"{name}: {found.needs_decision} posts need a decision; at most {most:.1%} are promised"
            )
    naive = tallies.get("naive")
    if naive is not None and naive.doubled < _NAIVE_DOUBLES * posts:
        broken.append(f"naive: only {naive.doubled} doubled; these faults are too mild to prove anything")
    return broken


def _doubled(tallies: dict[str, Tally]) -> list[str]:
    """Return which tallies have posts that arrived more often than once, as sentences."""
    return [
        f"{name}: {found.doubled} arrivals more than there are posts; none are promised"
        for name, found in tallies.items()
        if found.doubled
    ]


def _print_scene(name: str, scene: Scene) -> None:
    _print_tally(name, scene.tally)
    print(f"        {scene.took_s:.0f} s, {scene.killed} workers killed")
    for state, count in scene.states.most_common():
        print(f"        {count:5} {state}")
    for reason, count in scene.reasons.most_common():
        print(f"        {count:5} asked about: {reason}")


def _print_tally(name: str, found: Tally) -> None:
    print(
        f"{name:7} {found.once} once, {found.doubled} doubled, {found.lost} lost, "
        f"{found.needs_decision} need a decision",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
