"""Pools of small children, and what becomes of processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from postengine.render.image.isolated.pool import Pool
from tests.unit.render.isolated.targets import Target

MakePool = Callable[..., Pool]


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked about yet counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_for(condition: Callable[[], bool]) -> None:
    """Return once a condition holds; fail after 20 s."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "It did not come true in 20 s."
        time.sleep(0.005)


@pytest.fixture
def make_pool() -> Generator[MakePool]:
    """Make pools that are closed at the end."""
    made: list[Pool] = []

    def make(
        target: Callable[[], object] = Target,
        *,
        processes: int = 1,
        limit_s: float = 30.0,
        memory_mib: int = 1024,
        recycle_after: int = 10**6,
        recycle_mib: int = 10**6,
    ) -> Pool:
        pool = Pool(
            target,
            processes=processes,
            limit_s=limit_s,
            memory_mib=memory_mib,
            recycle_after=recycle_after,
            recycle_mib=recycle_mib,
        )
        made.append(pool)
        return pool

    yield make
    for pool in made:
        pids = pool.pids()
        pool.close()
        assert all(is_gone(pid) for pid in pids)


@pytest.fixture(scope="module")
def pool() -> Generator[Pool]:
    """One pool for many tests: whatever they do to its child, it has a new one for the next."""
    with Pool(
        Target, processes=1, limit_s=30.0, memory_mib=600, recycle_after=10**6, recycle_mib=10**6
    ) as shared:
        yield shared
