"""One child process: started, asked, and ended, whatever state it is in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import IO

from postengine.render.errors import DrawingCrashed, DrawingFailed, DrawingKilled, DrawingTimedOut

from .limits import resident_mib
from .messages import Call, Done, OutOfMemory, Refused, Start
from .wire import Channel, Deadline, Parts, packed, socket_pair

START_LIMIT_S = 60.0
"""A child that has not made its target by then never will."""
_END_LIMIT_S = 5.0
_TAIL = 2000
_ENVIRONMENT = {
    # Processes are the parallel part; each pool of threads would take its stacks and arenas on top.
    **dict.fromkeys(("RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"),
    # glibc keeps one picture's memory for the next: the system would have to clear thousands of pages anew.
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
}
_PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv[3])
from postengine.render.image.isolated.child import serve
serve(int(sys.argv[1]), int(sys.argv[2]))
"""


class ChildTrace(Exception):
    """Where an error was raised in a child: the cause of the error that its parent raises."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class ChildProcess:
    """A fresh interpreter that makes a target and calls its methods; it starts at once and warms up alone.

    Not a fork: a copy of a process with threads (a worker of a queue, a web server) may hang for ever on a
    lock that one of them held. One thread at a time may use it.

    Args:
        make: Makes the target in the child; must be picklable, as all that goes to it and comes back.
        memory_mib: How much data it may hold.
        start_limit_s: How long the making may take.

    Attributes:
        is_spent: It has ended or is in disorder, and answers no more.
        served: How many calls it had.
    """

    def __init__(
        self, make: Callable[[], object], *, memory_mib: int, start_limit_s: float = START_LIMIT_S
    ) -> None:
        self.is_spent = False
        self.served = 0
        self._memory_mib = memory_mib
        self._start_limit_s = start_limit_s
        self._is_ready = False
        start = packed(Start(make, memory_mib))
        with ExitStack() as kept:
            self._said = kept.enter_context(tempfile.TemporaryFile())
            ours, theirs = socket_pair()
            self._channel = Channel(kept.enter_context(ours))
            lifeline, life = os.pipe()
            kept.callback(os.close, life)
            try:
                self._process = _launched(theirs.fileno(), lifeline, self._said)
            except OSError as error:
                raise DrawingCrashed(f"it could not be started ({error.strerror})") from error
            finally:
                theirs.close()
                os.close(lifeline)
            self._kept = kept.pop_all()
        with suppress(EOFError):  # it is gone already; the wait for its answer will tell why
            self._channel.send(start, Deadline(start_limit_s))

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def resident_mib(self) -> float:
        """What it occupies now; 0 where the system does not tell."""
        return resident_mib(self.pid)

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone, by itself or by somebody's hand."""
        return self._process.poll() is not None

    def wait_until_ready(self) -> None:
        """Wait until the target is made.

        Raises:
            RenderError: The making raised it; DrawingFailed for any other error.
            DrawingTimedOut: It takes too long.
            DrawingCrashed: The process ended.
        """
        if self._is_ready:
            return
        try:
            self._exchange([], self._start_limit_s)
            self._is_ready = True
        finally:
            if not self._is_ready:
                self.kill()

    def call(
        self, method: str, args: Sequence[object], kwargs: Mapping[str, object], *, limit_s: float
    ) -> object:
        """Call a method of the target and return its answer.

        Raises:
            RenderError: The method raised it; DrawingFailed for any other error.
            DrawingTimedOut: It took too long.
            DrawingCrashed: The process ended.
        """
        try:
            question = packed(Call(method, args, kwargs))
        except RecursionError as error:
            raise DrawingFailed("Expected a tree of a few levels, got too many; nest it less.") from error
        self.wait_until_ready()
        self.served += 1
        return self._exchange(question, limit_s)

    def end(self) -> None:
        """Let the process end by itself; kill it if it does not, or still warms up."""
        if self._is_ready and not self.is_spent:
            self._channel.end.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_END_LIMIT_S)
        self.kill()

    def kill(self) -> None:
        """End the process now."""
        self.is_spent = True
        if not self.has_ended:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()
        self._kept.close()

    def abandon(self) -> None:
        """Let go of a process that belongs to the process which this one is a fork of."""
        self._process.returncode = 0  # or its destructor would complain that it still runs
        self._kept.close()

    def _exchange(self, question: Parts, limit_s: float) -> object:
        self.is_spent = True  # until it has answered: whatever interrupts this leaves half a message behind
        try:
            return self._answer(question, limit_s)
        finally:
            if self.is_spent:
                self.kill()

    def _answer(self, question: Parts, limit_s: float) -> object:
        until = Deadline(limit_s)
        try:
            if question:
                self._channel.send(question, until)
            outcome = self._channel.receive(until)
        except TimeoutError:
            raise DrawingTimedOut(limit_s) from None
        except EOFError:
            raise self._crash() from None
        match outcome:
            case Done(value):
                self.is_spent = False
                return value
            case Refused(error, trace, is_spent):
                self.is_spent = is_spent
                raise error from ChildTrace(trace)
            case OutOfMemory():
                raise DrawingCrashed(self._out_of_memory)
            case _:
                raise AssertionError(outcome)

    @property
    def _out_of_memory(self) -> str:
        return f"it needed more than {self._memory_mib} MiB of memory"

    def _crash(self) -> DrawingCrashed:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_LIMIT_S)
        code = self._process.poll()
        said = _tail(self._said)
        if "memory allocation of" in said:  # how Rust says it, before it aborts
            return DrawingCrashed(self._out_of_memory, returncode=code)
        if code is None:
            return DrawingCrashed("it closed its connection")
        if code == -signal.SIGKILL:
            reason = "SIGKILL from outside; the kernel does so when the machine's memory is full"
            return DrawingKilled(reason, returncode=code)
        if code < 0:
            return DrawingCrashed(signal.Signals(-code).name, returncode=code)
        last = said.strip().rpartition("\n")[2] or "it said nothing"
        return DrawingCrashed(f"exit code {code}, {last}", returncode=code)


def _launched(socket_fd: int, lifeline_fd: int, said: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the interpreter, in a session of its own so that the terminal's signals pass it by."""
    arguments = [str(socket_fd), str(lifeline_fd), json.dumps([str(folder) for folder in sys.path])]
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
        pass_fds=(socket_fd, lifeline_fd),
        start_new_session=True,
        env=os.environ | _ENVIRONMENT,
    )


def _tail(file: IO[bytes]) -> str:
    length = file.seek(0, os.SEEK_END)
    file.seek(max(length - _TAIL, 0))
    return file.read().decode(errors="replace")
