from __future__ import annotations

import os
import signal
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import FrameType
from typing import cast

import numpy as np
import pytest

from postengine.render.errors import (
    DrawingCrashed,
    DrawingFailed,
    DrawingKilled,
    DrawingTimedOut,
    FfmpegStalled,
    FontMissing,
    NodeRefused,
    PhotoUnreadable,
    PictureMissing,
    RenderError,
    TextDoesNotFit,
)
from postengine.render.image.isolated.pool import Pool, _forget
from tests.unit.render.isolated import targets
from tests.unit.render.isolated.conftest import MakePool, is_gone, wait_for
from tests.unit.render.isolated.targets import Target


def pid_of(pool: Pool) -> int:
    answer = pool.call("pid")
    assert isinstance(answer, int)
    return answer


def placed(error: NodeRefused) -> NodeRefused:
    error.path = "root.children[2]"
    return error


def waits_for_its_turn(pool: Pool, count: int) -> bool:
    return pool.waiting == count


def test_a_call_is_answered_by_another_process(pool: Pool) -> None:
    assert pool.call("echo", value={"a": (1, b"2")}) == {"a": (1, b"2")}
    assert pid_of(pool) != os.getpid()


def test_the_target_is_made_once_and_keeps_what_it_knows(pool: Pool) -> None:
    first = pool.call("count")

    assert isinstance(first, int)
    assert [pool.call("count") for _ in range(2)] == [first + 1, first + 2]


def test_the_target_is_made_with_its_arguments(make_pool: MakePool) -> None:
    pool = make_pool(partial(Target, name="Marta"))

    assert pool.call("__getattribute__", "name") == "Marta"


def test_arrays_and_long_bytes_travel_whole(pool: Pool) -> None:
    array = pool.call("array", 8_000_000)

    assert isinstance(array, np.ndarray)
    assert array.shape == (8_000_000,)
    assert (array == 7).all()
    assert array.flags.writeable
    assert pool.call("content", 3_000_000) == b"7" * 3_000_000
    assert pool.call("swallow", os.urandom(3_000_000)) == 3_000_000


def test_a_call_that_takes_too_long_is_killed_and_the_next_one_works(make_pool: MakePool) -> None:
    pool = make_pool(limit_s=0.75)
    first = pid_of(pool)

    with pytest.raises(DrawingTimedOut, match=r"within 0\.75 s") as caught:
        pool.call("sleep", 3600)

    assert caught.value.limit_s == 0.75
    assert not caught.value.retryable
    assert is_gone(first)
    assert pid_of(pool) != first


def test_a_call_that_holds_the_interpreters_lock_is_killed_too(make_pool: MakePool) -> None:
    pool = make_pool(limit_s=0.75)

    with pytest.raises(DrawingTimedOut):
        pool.call("spin_holding_the_lock")

    assert pool.call("echo", 1) == 1


def test_the_limit_does_not_count_the_start(make_pool: MakePool) -> None:
    pool = make_pool(targets.slowly_made, limit_s=0.75)

    assert pool.call("echo", 1) == 1


@pytest.mark.parametrize(
    ("method", "number"),
    [("abort", signal.SIGABRT), ("segfault", signal.SIGSEGV), ("recurse", signal.SIGSEGV)],
)
def test_a_crash_is_named_and_the_next_call_works(pool: Pool, method: str, number: signal.Signals) -> None:
    with pytest.raises(DrawingCrashed, match=number.name) as caught:
        pool.call(method)

    assert caught.value.returncode == -number
    assert not caught.value.retryable
    assert pool.call("echo", 1) == 1


def test_an_exit_is_a_crash(pool: Pool) -> None:
    with pytest.raises(DrawingCrashed, match="exit code 5, it said nothing") as caught:
        pool.call("exit_now", 5)

    assert caught.value.returncode == 5
    assert pool.call("echo", 1) == 1


def test_a_kill_from_outside_may_be_tried_again(pool: Pool) -> None:
    with pytest.raises(DrawingKilled, match="SIGKILL from outside") as caught:
        pool.call("be_killed")

    assert caught.value.retryable
    assert pool.call("echo", 1) == 1


def test_a_child_that_died_between_two_calls_is_replaced_unnoticed(pool: Pool) -> None:
    first = pid_of(pool)

    os.kill(first, signal.SIGKILL)
    wait_for(lambda: os.waitid(os.P_PID, first, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None)

    assert pid_of(pool) != first


def test_a_child_that_hangs_up_is_a_crash(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postengine.render.image.isolated.worker._END_LIMIT_S", 0.1)
    first = pid_of(pool)

    with pytest.raises(DrawingCrashed, match="closed its connection") as caught:
        pool.call("hang_up")

    assert caught.value.returncode is None
    assert is_gone(first)


def test_memory_has_a_bound_that_photos_fit_in(pool: Pool) -> None:
    assert pool.call("take", 350) == 350 << 20
    with pytest.raises(DrawingCrashed, match="more than 600 MiB") as caught:
        pool.call("take", 4096)

    assert caught.value.returncode is None
    assert pool.call("take", 350) == 350 << 20


def test_an_engine_that_aborts_for_want_of_memory_is_understood(pool: Pool) -> None:
    with pytest.raises(DrawingCrashed, match="more than 600 MiB") as caught:
        pool.call("say_as_rust_does_and_abort")

    assert caught.value.returncode == -signal.SIGABRT


@pytest.mark.parametrize(
    "error",
    [
        RenderError("Expected a picture."),
        FontMissing("ก", "Thai"),
        placed(TextDoesNotFit("title", box=(10.0, 20.0), needed_px=30.0)),
        PictureMissing("photo"),
        DrawingFailed("Expected a tree."),
        PhotoUnreadable(Path("a.jpg"), "it is cut short"),
        FfmpegStalled("Expected frames.", returncode=-9, stderr_tail="tail"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_of_ours_arrives_as_it_was_raised(pool: Pool, error: RenderError) -> None:
    before = pid_of(pool)

    with pytest.raises(RenderError) as caught:
        pool.call("fail", error)

    assert type(caught.value) is type(error)
    assert str(caught.value) == str(error)
    assert vars(caught.value) == vars(error)
    assert pid_of(pool) == before


def test_an_error_brings_its_trace_as_its_cause(pool: Pool) -> None:
    with pytest.raises(RenderError, match=r"Expected a picture\.") as caught:
        pool.call("chain")

    assert "KeyError: 'inner'" in str(caught.value.__cause__)
    assert "in chain" in str(caught.value.__cause__)


@pytest.mark.parametrize(
    ("method", "arguments", "said"),
    [
        ("panic", (), "PanicException: index out of bounds"),
        ("fail", (KeyError("x" * 10_000),), "KeyError: 'xxx"),
        ("fail", (KeyboardInterrupt(),), "KeyboardInterrupt"),
        ("exit", (3,), "SystemExit: 3"),
        ("lambda_of", (), "lambda"),
        ("no_such_method", (), "AttributeError"),
    ],
)
def test_any_other_error_is_a_failed_drawing_and_the_child_is_replaced(
    pool: Pool, method: str, arguments: tuple[object, ...], said: str
) -> None:
    first = pid_of(pool)

    with pytest.raises(DrawingFailed, match=said) as caught:
        pool.call(method, *arguments)

    assert len(str(caught.value)) < 600
    assert pid_of(pool) != first


def test_what_is_nested_too_deeply_to_travel_is_refused(pool: Pool) -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]

    with pytest.raises(DrawingFailed, match="nest it less"):
        pool.call("echo", nested)
    assert pool.call("echo", 1) == 1


def test_children_print_nothing(make_pool: MakePool, capfd: pytest.CaptureFixture[str]) -> None:
    pool = make_pool()

    pool.call("chatter")
    with pytest.raises(DrawingFailed):
        pool.call("panic")
    pool.close()

    assert capfd.readouterr() == ("", "")


def test_signals_of_a_terminal_and_a_supervisor_are_left_to_the_parent(pool: Pool) -> None:
    assert pool.call("interrupted") is True
    assert pool.call("session") == pid_of(pool)


def test_engines_in_a_child_have_one_thread(pool: Pool) -> None:
    assert pool.call("environment", "RAYON_NUM_THREADS") == "1"
    assert pool.call("environment", "OPENBLAS_NUM_THREADS") == "1"
    assert pool.call("threads") == 1


def test_a_child_is_replaced_after_its_share_of_calls(make_pool: MakePool) -> None:
    pool = make_pool(recycle_after=2)

    pids = [pid_of(pool) for _ in range(4)]

    assert pids[0] == pids[1] != pids[2] == pids[3]
    assert is_gone(pids[0])


def test_a_child_keeps_the_memory_of_one_picture_for_the_next(pool: Pool) -> None:
    first, *others = [cast("int", pool.call("fresh_pages", 48)) for _ in range(3)]

    assert first > 10_000
    assert max(others) < 100


def test_a_child_that_has_grown_is_replaced(make_pool: MakePool) -> None:
    pool = make_pool(recycle_mib=250)
    first = pid_of(pool)
    pool.call("keep", 10)
    assert pid_of(pool) == first

    pool.call("keep", 250)

    assert pid_of(pool) != first
    assert is_gone(first)


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (targets.refuses, RenderError, "Expected fonts"),
        (targets.breaks, DrawingFailed, "KeyError: 'font'"),
        (targets.dies, DrawingCrashed, "exit code 3"),
    ],
)
def test_a_target_that_cannot_be_made_says_why_each_time(
    make_pool: MakePool, make: Callable[[], object], kind: type[RenderError], said: str
) -> None:
    pool = make_pool(make)

    with pytest.raises(kind, match=said):
        pool.start()
    with pytest.raises(kind, match=said):
        pool.call("echo", 1)


def test_an_interpreter_that_is_not_there_is_a_crash(
    make_pool: MakePool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pool = make_pool()
    with monkeypatch.context() as moved:
        moved.setattr(sys, "executable", str(tmp_path / "python"))

        with pytest.raises(DrawingCrashed, match="could not be started"):
            pool.call("echo", 1)

    assert pool.call("echo", 1) == 1


def test_a_replacement_that_cannot_start_does_not_spoil_the_answer(
    make_pool: MakePool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pool = make_pool(recycle_after=1)
    pool.start()
    with monkeypatch.context() as moved:
        moved.setattr(sys, "executable", str(tmp_path / "python"))

        assert pool.call("echo", 1) == 1

    assert pool.call("echo", 2) == 2


def test_start_warms_all_children_up(make_pool: MakePool) -> None:
    pool = make_pool(processes=2)

    pool.start()

    assert len(set(pool.pids())) == 2


def test_an_interrupted_call_ends_its_child_and_the_next_one_works(pool: Pool) -> None:
    first = pid_of(pool)

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    earlier = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(KeyboardInterrupt):
            pool.call("sleep", 3600)
    finally:
        signal.signal(signal.SIGALRM, earlier)

    assert is_gone(first)
    assert pid_of(pool) != first


def test_after_a_crash_the_spare_child_is_asked(make_pool: MakePool) -> None:
    pool = make_pool(processes=2)
    pool.start()
    crashed = pid_of(pool)
    (spare,) = set(pool.pids()) - {crashed}

    with pytest.raises(DrawingCrashed):
        pool.call("abort")

    assert pid_of(pool) == spare


def test_two_threads_may_start_it(make_pool: MakePool) -> None:
    pool = make_pool(processes=2)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(pool.start) for _ in range(2)]:
            done.result(30)

    assert len(set(pool.pids())) == 2


def test_threads_share_the_children(make_pool: MakePool) -> None:
    pool = make_pool(processes=2)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda value: (pool.call("echo", value), pid_of(pool)), range(200)))

    assert [value for value, _ in answers] == list(range(200))
    assert {pid for _, pid in answers} <= set(pool.pids())


def test_as_many_calls_run_at_once_as_there_are_processes(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(processes=2)

    with ThreadPoolExecutor(2) as threads:
        waiting = threads.submit(pool.call, "wait_for", tmp_path / "go")
        assert pool.call("echo", 1) == 1
        assert not waiting.done()
        (tmp_path / "go").touch()
        waiting.result(30)


def test_who_waits_longest_is_served_first(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    pool.start()
    served: list[int] = []

    def ask(number: int) -> None:
        pool.call("echo", number)
        served.append(number)

    blocker = threading.Thread(target=pool.call, args=("wait_for", tmp_path / "go"))
    blocker.start()
    wait_for(lambda: not pool.idle)
    askers = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for number, asker in enumerate(askers):
        asker.start()
        wait_for(partial(waits_for_its_turn, pool, number + 1))
    (tmp_path / "go").touch()
    for thread in [blocker, *askers]:
        thread.join(30)

    assert served == list(range(6))


def test_a_closed_pool_refuses_calls_and_may_be_closed_again(make_pool: MakePool) -> None:
    pool = make_pool()
    first = pid_of(pool)

    pool.close()
    pool.close()

    assert is_gone(first)
    with pytest.raises(RuntimeError, match="it was closed"):
        pool.call("echo", 1)


def test_closing_lets_a_call_end_and_sends_those_that_wait_away(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    pool.start()

    with ThreadPoolExecutor(3) as threads:
        running = threads.submit(pool.call, "wait_for", tmp_path / "go")
        wait_for(lambda: not pool.idle)
        waiting = threads.submit(pool.call, "echo", 1)
        wait_for(lambda: pool.waiting == 1)
        closing = threads.submit(pool.close)
        with pytest.raises(RuntimeError, match="it was closed"):
            waiting.result(30)
        assert not running.done()
        (tmp_path / "go").touch()
        running.result(30)
        closing.result(30)

    assert pool.pids() == []


def test_a_forgotten_child_ends_and_another_takes_its_place(make_pool: MakePool) -> None:
    pool = make_pool(processes=2)
    first = pid_of(pool)

    _forget(weakref.ref(pool))  # as the system has it done in a fork of this process

    assert os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]) in (0, -signal.SIGIO)
    assert pid_of(pool) != first


def test_a_fork_forgets_only_what_is_still_there() -> None:
    pool = Pool(Target, processes=1, limit_s=1, memory_mib=600, recycle_after=1, recycle_mib=1)
    remembered = weakref.ref(pool)
    del pool

    _forget(remembered)

    assert remembered() is None


def test_a_pool_that_never_worked_has_no_processes() -> None:
    with Pool(Target, processes=2, limit_s=1, memory_mib=600, recycle_after=1, recycle_mib=1) as pool:
        assert pool.pids() == []
