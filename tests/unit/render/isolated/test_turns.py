from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from types import FrameType

import pytest

from postengine.render.image.isolated.turns import Turns
from tests.unit.render.isolated.conftest import wait_for


class Interrupted(BaseException):
    """As a signal's handler raises it in the middle of a wait."""


@pytest.fixture
def interrupt() -> Generator[list[Callable[[], None]]]:
    """What the handler of SIGALRM does before it raises."""
    first: list[Callable[[], None]] = []

    def handle(_: int, __: FrameType | None) -> None:
        for step in first:
            step()
        raise Interrupted

    earlier = signal.signal(signal.SIGALRM, handle)
    yield first
    signal.signal(signal.SIGALRM, earlier)


def interrupt_when_waiting(turns: Turns[str]) -> threading.Thread:
    def alarm() -> None:
        wait_for(lambda: turns.waiting == 1)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)

    thread = threading.Thread(target=alarm)
    thread.start()
    return thread


def test_the_last_one_back_is_lent_first() -> None:
    turns = Turns(["a", "b"])

    taken = [turns.take(), turns.take()]
    turns.give_back("b")
    turns.give_back("a")

    assert sorted(taken) == ["a", "b"]
    assert turns.take() == "a"


def test_what_is_to_be_lent_last_is() -> None:
    turns = Turns(["a", "b"])
    turns.take()
    turns.take()

    turns.give_back("a")
    turns.give_back("b", lend_last=True)

    assert [turns.take(), turns.take()] == ["a", "b"]


def test_who_is_interrupted_leaves_the_line(interrupt: list[Callable[[], None]]) -> None:
    turns = Turns(["a"])
    turns.take()
    alarm = interrupt_when_waiting(turns)

    with pytest.raises(Interrupted):
        turns.take()
    alarm.join()
    turns.give_back("a")

    assert interrupt == []
    assert turns.idle == 1
    assert turns.take() == "a"


def test_what_comes_at_the_moment_of_the_interrupt_is_passed_on(
    interrupt: list[Callable[[], None]],
) -> None:
    turns = Turns(["a"])
    turns.take()
    interrupt.append(lambda: turns.give_back("a"))
    alarm = interrupt_when_waiting(turns)

    with pytest.raises(Interrupted):
        turns.take()
    alarm.join()

    assert turns.idle == 1


def test_closing_returns_everything_once() -> None:
    turns = Turns(["a", "b"])

    assert sorted(turns.close()) == ["a", "b"]
    assert turns.close() == []
    with pytest.raises(RuntimeError, match="it was closed"):
        turns.take()
