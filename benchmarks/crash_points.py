"""Every crash point: a process dies before and after each thing that it does, once, and nothing is lost.

    python -m benchmarks.crash_points [--store memory|sqlite] [--flows NAME …] [--every N]

The points are found by letting each flow pass once: both sides of every call of every port of the engine, of
every write, and of every commit. Then each flow begins anew for each of its points, dies there, and is left
to the leases. A person whose command dies gives it again. Time is simulated; Postiz is the fake of its wire.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.virtual_time import sqlite_store_at, sqlite_template

from .crashing.everywhere import Count, crash_everywhere
from .crashing.flows import FLOWS
from .crashing.scene import Stores, in_memory


def main() -> int:
    """Die everywhere; return 1 if anything was lost or doubled."""
    options = _parser().parse_args()
    flows: list[str] = options.flows or [*FLOWS]
    begun = time.monotonic()
    count = Count()
    with _stores(options.store) as stores:
        for name in flows:
            found = crash_everywhere(stores, flows=[name], every=options.every, every_inside=options.every)
            print(f"{name:12} {found.points:5} points", flush=True)
            count.add(found)
    _print(count)
    result = {
        "points": count.points,
        "lost": count.lost,
        "duplicates": count.duplicates,
        "needs_decision": count.needs_decision,
        "wall_s": round(time.monotonic() - begun, 1),
    }
    print(json.dumps(result))
    return 1 if count.lost or count.duplicates else 0


def _print(count: Count) -> None:
    for call, points in sorted(count.calls.items()):
        print(f"    {points:5} {call}")
    for fault in count.faults:
        print(f"BROKEN: {fault}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", choices=("memory", "sqlite"), default="memory")
    parser.add_argument("--flows", nargs="+", choices=[*FLOWS], help="only these")
    parser.add_argument("--every", type=int, default=1, help="only each n-th point")
    return parser


@contextmanager
def _stores(kind: str) -> Generator[Stores]:
    if kind == "memory":
        yield in_memory
        return
    with tempfile.TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        yield lambda place, clock: sqlite_store_at(clock, template, place)


if __name__ == "__main__":
    sys.exit(main())
