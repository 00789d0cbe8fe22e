"""The child's side, spoken to word by word."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from postengine.render.errors import RenderError
from postengine.render.image.isolated.limits import resident_mib
from postengine.render.image.isolated.messages import Call, Done, OutOfMemory, Refused, Start
from postengine.render.image.isolated.wire import Channel, Deadline, packed, socket_pair
from tests.unit.render.isolated.targets import Target

ROOT = Path(__file__).parents[4]
PROGRAM = """
import sys
from postengine.render.image.isolated.child import serve
serve(int(sys.argv[1]), int(sys.argv[2]))
"""


def spoken(make: Callable[[], object], *calls: Call, alive: bool = True) -> tuple[list[object], int]:
    """Return what a child answers to a start and to calls, and its exit code once we hang up."""
    ours, theirs = socket_pair()
    lifeline, life = os.pipe()
    if not alive:
        os.close(life)
    with ours:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(theirs.fileno()), str(lifeline)],
            pass_fds=(theirs.fileno(), lifeline),
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        theirs.close()
        os.close(lifeline)
        channel = Channel(ours)
        answers: list[object] = []
        if alive:
            for message in (Start(make, 1024), *calls):
                channel.send(packed(message), Deadline(30))
                answers.append(channel.receive(Deadline(30)))
    with process:
        code = process.wait(30)
    if alive:
        os.close(life)
    return answers, code


def test_a_child_answers_until_its_parent_hangs_up() -> None:
    answers, code = spoken(Target, Call("echo", ["a"], {}), Call("count", [], {}))

    assert answers == [Done(None), Done("a"), Done(1)]
    assert code == 0


def test_a_child_whose_parent_died_first_ends_without_a_word() -> None:
    assert spoken(Target, alive=False) == ([], 0)


def test_a_child_says_what_went_wrong_and_whether_it_is_spent() -> None:
    answers, code = spoken(
        partial(Target, "Marta"),
        Call("fail", [RenderError("Expected a picture.")], {}),
        Call("panic", [], {}),
        Call("fail", [MemoryError()], {}),
    )

    _, ours, panic, memory = answers
    assert isinstance(ours, Refused)
    assert not ours.is_spent
    assert isinstance(panic, Refused)
    assert panic.is_spent
    assert isinstance(memory, OutOfMemory)
    assert code == 0


def test_a_process_that_is_not_there_occupies_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass

    assert resident_mib(ended.pid) == 0
    assert resident_mib(os.getpid()) > 10
