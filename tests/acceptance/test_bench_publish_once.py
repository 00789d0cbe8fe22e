"""The publishing-once benchmark, small: it keeps its promises, and its count can find them broken."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.serial

_PROGRAM = [sys.executable, "-m", "benchmarks.publish_once", "--tenants", "4", "--database", "sqlite"]
_POSTS = 40
_ENDS_WITHIN_S = 90


def test_late_posts_go_out_once_where_the_naive_way_doubles_them() -> None:
    code, figures, said = run("--posts", str(_POSTS), "--scenes", "late", "naive")

    late = figures["late"]
    assert code == 0, said
    assert (late["doubled"], late["lost"]) == (0, 0)
    assert late["once"] + late["needs_decision"] >= _POSTS
    assert figures["naive"]["doubled"] >= _POSTS * 0.2


def test_a_sabotaged_publisher_is_found_out() -> None:
    code, figures, said = run("--posts", str(_POSTS // 2), "--sabotage", "promote-twice")

    assert code == 1
    assert figures["late"]["doubled"] > 0
    assert "BROKEN: late: " in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_end_takes_its_processes_along(number: signal.Signals) -> None:
    command = [*_PROGRAM, "--posts", str(_POSTS), "--scenes", "late"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as program:
        family = wait_for_family(program.pid)

        os.kill(program.pid, number)
        program.communicate(timeout=_ENDS_WITHIN_S)

    assert program.returncode != 0
    assert wait_until_gone(family) == set()


def run(*options: str) -> tuple[int, dict[str, Any], str]:
    """Run the program; return its code, the figures of its last line, and all that it said."""
    done = subprocess.run([*_PROGRAM, *options], capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout.splitlines()[-1]), done.stdout + done.stderr


def wait_for_family(pid: int) -> set[int]:
    """Return the processes below `pid`, once there are the fake, the fork server and its three workers."""
    until = time.monotonic() + _ENDS_WITHIN_S
    while time.monotonic() < until:
        family = below(pid)
        if len(family) >= 5:
            return family
        time.sleep(0.1)
    raise AssertionError(f"only {len(below(pid))} processes were begun")


def wait_until_gone(pids: set[int]) -> set[int]:
    """Return which of `pids` are still there after a while."""
    until = time.monotonic() + _ENDS_WITHIN_S
    left = pids
    while left and time.monotonic() < until:
        time.sleep(0.1)
        left = {pid for pid in left if is_there(pid)}
    return left


def is_there(pid: int) -> bool:
    """Whether a process still runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def below(pid: int) -> set[int]:
    """Return the children of a process, and theirs."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = {int(child) for child in task.read_text().split()}
        except (FileNotFoundError, ProcessLookupError):
            continue
        found |= children.union(*(below(child) for child in children))
    return found
