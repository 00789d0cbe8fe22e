"""Row 2: a process dies at the edges of every step: see `benchmarks.crash_points`, which this row runs."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks.matrix.count import Tally
from benchmarks.matrix.house import House
from benchmarks.matrix.load import Load
from benchmarks.matrix.row import Nemesis, Row
from benchmarks.matrix.servers import SqliteFile

_WHOLE = {"memory": 9_200, "sqlite": 55_200}
"""With so many posts asked for, no point is left out; on SQLite a death takes ten times as long."""


def _measure(house: House, _load: Load, posts: int) -> Tally:
    """Die the more often the more posts are asked for, with SQLite, or else with rows in memory."""
    store = "sqlite" if isinstance(house.database, SqliteFile) else "memory"
    every = max(_WHOLE[store] // posts, 1)
    command = [sys.executable, "-m", "benchmarks.crash_points", "--store", store, "--every", str(every)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout.splitlines()[-1])
    broken = tuple(line for line in done.stdout.splitlines() if line.startswith("BROKEN: "))
    return Tally(found["lost"], found["duplicates"], found["needs_decision"], broken)


ROW = Row(
    number=2,
    name="crash-points",
    does="a process dies before and after every write, commit and outside call (SQLite, or in memory)",
    nemesis=Nemesis,
    measure=_measure,
)
