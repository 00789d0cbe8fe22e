"""No child outlives its parent, and none is shared by two."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.render.isolated.conftest import is_gone, wait_for

ROOT = Path(__file__).parents[4]
PARENT = """
import os, signal, sys, threading
from pathlib import Path

# A shell that starts something in the background lets it ignore interrupts, and all below inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
from postengine.render.image.isolated.pool import Pool
from tests.unit.render.isolated.targets import Target

pool = Pool(Target, processes=1, limit_s=600, memory_mib=1024, recycle_after=1000, recycle_mib=10000)
starter = threading.Thread(target=pool.start)
starter.start()
starter.join()
print(pool.pids()[0], flush=True)
"""
HOLDS = PARENT + "pool.call('spin_holding_the_lock')"
ANNOUNCES = PARENT + "pool.call('announce_and_sleep', Path(sys.argv[1]))"
SLEEPS = PARENT + "pool.call('sleep', 3600)"
IDLES = PARENT + "sys.stdin.read()"
FORKS = (
    PARENT
    + """
mine = pool.call("pid")
forked = os.fork()
if forked == 0:
    theirs = pool.call("pid")
    pool.close()
    os._exit(0 if theirs != mine else 1)
_, status = os.waitpid(forked, 0)
print(os.waitstatus_to_exitcode(status), pool.call("pid") == mine)
pool.close()
del pool
forked = os.fork()
if forked == 0:
    os._exit(0)
os.waitpid(forked, 0)
"""
)


def run(program: str, *arguments: str) -> subprocess.Popen[str]:
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.parametrize("program", [IDLES, SLEEPS, HOLDS], ids=["idle", "sleeping", "holding the lock"])
def test_a_child_ends_when_its_parent_is_killed(program: str) -> None:
    with run(program) as parent:
        child = int(first_line(parent))
        assert not is_gone(child)

        parent.kill()

    wait_for(lambda: is_gone(child))


def test_a_child_ends_when_its_parent_forgets_to_close_it() -> None:
    with run(PARENT) as parent:
        child = int(first_line(parent))
        parent.wait(30)

        wait_for(lambda: is_gone(child))


def test_an_interrupt_ends_parent_and_child_without_a_word_of_the_childs(tmp_path: Path) -> None:
    with run(ANNOUNCES, str(tmp_path / "drawing")) as parent:
        child = int(first_line(parent))
        wait_for((tmp_path / "drawing").exists)

        parent.send_signal(signal.SIGINT)
        try:
            _, said = parent.communicate(timeout=30)
        finally:
            parent.kill()

    assert said.count("Traceback") == 1, said
    assert said.rstrip().endswith("KeyboardInterrupt")
    wait_for(lambda: is_gone(child))


def test_a_forked_process_starts_children_of_its_own() -> None:
    with run(FORKS) as parent:
        out, said = parent.communicate(timeout=60)

    assert out.split()[1:] == ["0", "True"]
    assert said == ""
