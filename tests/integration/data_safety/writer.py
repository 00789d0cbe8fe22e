"""A process of its own that writes to a store: `writer.py URL NAME COUNT`, or `… hold` to stop half way.

Each transaction writes two marks. What is committed is said, a number a line, before the next one begins.
"""

from __future__ import annotations

import sys

from postengine.adapters.stores.sql import open_store
from postengine.engine.ports import Transaction
from postengine.engine.posts.record import Mark


def main(url: str, name: str, count: str) -> None:
    """Write as the arguments say."""
    store = open_store(url)
    if count == "hold":
        with store.transaction() as tx:
            _add(tx, f"{name}-0-a")
            _say("open")
            sys.stdin.read()
    for number in range(int(count)):
        with store.transaction() as tx:
            _add(tx, f"{name}-{number}-a")
            _add(tx, f"{name}-{number}-b")
        _say(str(number))


def _add(tx: Transaction, id: str) -> None:  # noqa: A002 - the field's name
    tx.add(Mark(id=id, value="x" * 200, at=tx.now))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
