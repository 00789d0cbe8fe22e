"""Processes that write to an SQLite file, and what they left in it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path

WRITER = Path(__file__).with_name("writer.py")


def begin_writing(url: str, name: str, count: int | str) -> subprocess.Popen[str]:
    """Start a writer."""
    return subprocess.Popen(
        [sys.executable, str(WRITER), url, name, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def line_of(writer: subprocess.Popen[str]) -> str:
    """Wait for the next line that a writer says."""
    assert writer.stdout is not None
    return writer.stdout.readline().strip()


def end_of(writer: subprocess.Popen[str]) -> tuple[int, list[str], str]:
    """Wait for a writer's end; return its status, what it still said, and its complaints."""
    said, complaints = writer.communicate(timeout=120)
    return writer.returncode, said.split(), complaints


def written(file: Path) -> dict[str, list[int]]:
    """Return the numbers of each writer's transactions in the file; the file is whole, and each of them."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM marks WHERE id LIKE '%-%-%'")]
    halves: dict[tuple[str, int], set[str]] = defaultdict(set)
    for id_ in ids:
        name, number, half = id_.split("-")
        halves[name, int(number)].add(half)
    assert all(both == {"a", "b"} for both in halves.values())
    found: dict[str, list[int]] = defaultdict(list)
    for name, number in sorted(halves):
        found[name].append(number)
    return dict(found)
