"""Being told to end at any moment: each signal here is a real one, to this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import FrameType
from typing import cast

import pytest

from postengine.engine.ports import Store
from postengine.engine.posts.post import Content
from postengine.engine.posts.record import Mark
from reference_app.cron import Cron
from reference_app.ending import Ending
from reference_app.marks import CRON
from reference_app.settings import Settings
from tests.unit.engine.world import World

from .conftest import Breakable

pytestmark = pytest.mark.usefixtures("signals")
BOTH = [signal.SIGTERM, signal.SIGINT]


def tell() -> None:
    signal.raise_signal(signal.SIGTERM)


class TellingStore(Breakable):
    """Tells this process to end at each use of the store."""

    def __getattr__(self, name: str) -> object:
        tell()
        return super().__getattr__(name)


@contextmanager
def no_longer_than(timeout_s: float) -> Iterator[None]:
    """Break off what hangs, even if it waits for a lock."""

    def break_off(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError("it hangs")

    signal.signal(signal.SIGALRM, break_off)
    signal.setitimer(signal.ITIMER_REAL, timeout_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def tell_at(step: int, ending: Ending) -> bool:
    """Wait, and tell at the `step`-th call or return in it, of Python or C; return whether it has as many."""
    steps = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            tell()

    sys.setprofile(count)
    try:
        ending.wait(0.001)
    finally:
        sys.setprofile(None)
    return steps >= step


def test_who_was_not_told_waits_its_time() -> None:
    assert not Ending().wait(0.01)


@pytest.mark.parametrize("number", BOTH)
def test_told_once_is_told_for_good(number: signal.Signals) -> None:
    ending = Ending()

    signal.raise_signal(number)

    assert [ending.wait(60), ending.wait(60)] == [True, True]


def test_a_wait_without_an_end_is_cut_short() -> None:
    ending = Ending()
    other = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM))

    other.start()

    assert ending.wait()
    other.join()


def test_more_signals_than_a_pipe_holds_change_nothing() -> None:
    ending = Ending()

    for _ in range(70_000):
        tell()

    assert ending.wait(0)


@pytest.mark.parametrize("number", BOTH)
def test_a_signal_while_the_interpreter_ends_does_not_change_its_status(number: signal.Signals) -> None:
    program = f"""
import signal
from reference_app.ending import Ending

class Last:
    def __del__(self, tell=signal.raise_signal):
        print("last", flush=True)
        tell({number})

ending, last = Ending(), Last()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "last\n", "")


def test_an_inherited_ignore_is_overruled() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ending = Ending()

    signal.raise_signal(signal.SIGINT)

    assert ending.wait(0)


def test_a_signal_at_any_step_of_a_wait_neither_hangs_nor_gets_lost() -> None:
    step, is_told = 0, True
    with no_longer_than(10):
        while is_told:
            step, ending = step + 1, Ending()
            is_told = tell_at(step, ending)
            assert ending.wait(0) is is_told

    assert step > 4  # into and out of the wait, and of what it calls


def test_a_look_is_finished_wherever_in_it_the_signal_comes(world: World, settings: Settings) -> None:
    post = world.plan(world.whatsapp, after=timedelta(0), content=Content(caption="Look"))
    cron = Cron(replace(world.ports, store=cast("Store", TellingStore(world.store))), settings)
    ending = Ending()

    cron.run(ending.wait)

    assert len(world.rows(Mark, id=CRON)) == 1
    assert world.delivery(post).fence == 1
