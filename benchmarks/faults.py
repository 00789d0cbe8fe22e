"""The fault matrix: fourteen kinds of harm to a whole service, and a count of what was lost or doubled.

    python -m benchmarks.faults [ROW …] [--seed N | --seeds N] [--store sqlite|postgresql|both] [--posts N]
                                [--sabotage HOW]

A row is a number from 1 to 14 or a name. Each run is an installation of real processes (two schedulers,
workers of each queue, the web), a real Valkey and a real database, with fakes for Postiz, Google and the
agents' phones; durations are a thirtieth of the real ones. What arrived is counted from the log of the
networks behind Postiz, and from what the phones posted. Exits with 1 if anything was lost or doubled, as it
has to with a sabotage. A run whose harm never struck is played again
with another seed, which is printed then.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reference_app.settings import Sabotage

from .matrix.nursery import Nursery
from .matrix.play import Outcome, Run, play, until_struck
from .matrix.rows import ROWS
from .matrix.servers import Cluster, Database, PostgresDatabase, SqliteFile

_STORES = ("sqlite", "postgresql")
SHOWN_BY: dict[Sabotage, str] = {
    "promote-twice": "kill",
    "resend": "postiz",
    "no-fence": "frozen",
    "trust-webhook": "postiz",
    "local-clock": "clocks",
}
"""The row in which each way of breaking the service shows, with 60 posts or more."""
_MOST_SHOWN = 12


class Matrix:
    """Runs rows one after the other; what they share is begun once.

    Args:
        folder: Everything is kept in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._nursery = Nursery()
        self._cluster: Cluster | None = None
        self._runs = 0

    def stop(self) -> None:
        """End what the runs shared."""
        self._nursery.__exit__(None, None, None)
        if self._cluster is not None:
            self._cluster.stop()

    def run(self, run: Run) -> Outcome:
        """Play a row until its harm struck."""
        return until_struck(run, self._play)

    def _play(self, run: Run) -> Outcome:
        self._runs += 1
        folder = self._folder / f"{self._runs}-{run.row}-{run.store}"
        folder.mkdir()
        return play(run, ROWS[run.row], folder, self._nursery, self._database(folder, run.store))

    def _database(self, folder: Path, store: str) -> Database:
        if store == "sqlite":
            return SqliteFile(folder / "store.db")
        if self._cluster is None:
            self._cluster = Cluster(self._folder / "pg")
        return PostgresDatabase(self._cluster, f"faults_{self._runs}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the rows asked for; return 1 if one of them breaks the promise."""
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell may have left SIGINT ignored
        signal.signal(number, _end)
    options = _parser().parse_args(arguments)
    seeds = [options.seed] if options.seeds is None else list(range(1, options.seeds + 1))
    stores = _STORES if options.store == "both" else (options.store,)
    usual = [SHOWN_BY[options.sabotage]] if options.sabotage in SHOWN_BY else list(ROWS)
    names: list[str] = [_name_of(row) for row in options.rows] or usual
    lines: list[dict[str, object]] = []
    is_kept = True
    with _matrix() as matrix:
        for name in names:
            for store in stores:
                for seed in seeds:
                    run = Run(
                        row=name, store=store, seed=seed, posts=options.posts, sabotage=options.sabotage
                    )
                    outcome = matrix.run(run)
                    lines.append(_line(outcome))
                    _print(outcome)
                    is_kept = is_kept and not (outcome.tally.oddities or outcome.tally.spared)
    print(json.dumps(lines))
    return 0 if is_kept else 1


@contextmanager
def _matrix() -> Generator[Matrix]:
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # a database server of root's runs as somebody else
        matrix = Matrix(Path(folder))
        try:
            yield matrix
        finally:
            matrix.stop()


def _end(*_: object) -> None:
    """End on SIGTERM as on an error: by way of everything that stops a process of ours."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + signal.SIGTERM)


def _name_of(given: str) -> str:
    """Return the name of a row given by its name or number."""
    for name, row in ROWS.items():
        if given in {name, str(row.number)}:
            return name
    known = ", ".join(f"{row.number} {name}" for name, row in ROWS.items())
    raise SystemExit(f"there is no row {given}; there are: {known}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "rows", nargs="*", metavar="ROW", help="all, or the one that shows a sabotage, unless given"
    )
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, help="each of 1 to N in place of one")
    parser.add_argument("--store", choices=(*_STORES, "both"), default="both")
    shown = ", ".join(f"{how} ({row})" for how, row in SHOWN_BY.items())
    parser.add_argument(
        "--sabotage",
        choices=("none", *SHOWN_BY),
        default="none",
        help=f"break the service, to see the count fail in the row that shows it: {shown}",
    )
    return parser


def _line(outcome: Outcome) -> dict[str, object]:
    run, tally = outcome.run, outcome.tally
    return {
        "row": run.row,
        "store": run.store,
        "seed": run.seed,
        "posts": run.posts,
        "lost": tally.lost,
        "duplicates": tally.duplicates,
        "needs_decision": tally.needs_decision,
        "wall_s": round(outcome.wall_s, 1),
    }


def _print(outcome: Outcome) -> None:
    run, tally = outcome.run, outcome.tally
    again = f"python -m benchmarks.faults {run.row} --store {run.store} --seed {run.seed} --posts {run.posts}"
    if run.sabotage != "none":
        again += f" --sabotage {run.sabotage}"
    print(
        f"{ROWS[run.row].number:2} {run.row:12} {run.store:10} seed {run.seed}  {run.posts} posts: "
        f"{tally.lost} lost, {tally.duplicates} doubled, {tally.needs_decision} need a decision, "
        f"{outcome.wall_s:.1f} s\n     {again}"
    )
    for oddity in tally.oddities[:_MOST_SHOWN]:
        print(f"     BROKEN: {oddity}")
    for harm in tally.spared:
        print(f"     PROVES TOO LITTLE: {harm}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
