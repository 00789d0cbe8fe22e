"""Child processes that share out the calls of many threads, each replaced when it is no longer fit."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from postengine.render.errors import DrawingCrashed, RenderError

from .turns import Turns
from .worker import ChildProcess


@dataclass
class _Place:
    """Where one child at a time sits; empty until it is needed."""

    child: ChildProcess | None = None

    @property
    def is_warm(self) -> bool:
        return self.child is not None and self.child.served > 0 and not self.child.is_spent


class Pool:
    """Calls methods of a target that lives in child processes.

    Threads may share it. A process that was forked from this one starts children of its own.

    Args:
        make: Makes the target in each child; must be picklable, as all that goes to it and comes back.
        processes: How many calls run at once; further ones wait in a line. One more than there are callers
            is a spare: after a crash the next call finds it warm while the new child starts.
        limit_s: How long a call may take, once its turn has come.
        memory_mib: How much data a child may hold.
        recycle_after: A child is replaced after so many calls.
        recycle_mib: A child is replaced if it occupies more after a call.
    """

    def __init__(
        self,
        make: Callable[[], object],
        *,
        processes: int,
        limit_s: float,
        memory_mib: int,
        recycle_after: int,
        recycle_mib: int,
    ) -> None:
        self._make = make
        self._limit_s = limit_s
        self._memory_mib = memory_mib
        self._recycle_after = recycle_after
        self._recycle_mib = recycle_mib
        self._settle(processes)
        os.register_at_fork(after_in_child=partial(_forget, weakref.ref(self)))

    def start(self) -> None:
        """Start all children and wait until they are ready; without it, each starts at its first call.

        Raises:
            RenderError: A target could not be made.
        """
        taken: list[_Place] = []
        with self._starting:
            try:
                for _ in self._places:
                    taken.append(self._turns.take())  # noqa: PERF401 - what is taken is given back
                for child in [self._child(place) for place in taken]:
                    child.wait_until_ready()
            finally:
                for place in taken:
                    self._turns.give_back(place)

    def call(self, method: str, *args: object, **kwargs: object) -> object:
        """Call a method of the target and return its answer.

        Raises:
            RenderError: The method raised it; DrawingFailed for any other error.
            DrawingTimedOut: It took too long.
            DrawingCrashed: The process ended.
            RuntimeError: The pool is closed.
        """
        place = self._turns.take()
        try:
            child = self._child(place)
            try:
                answer = child.call(method, args, kwargs, limit_s=self._limit_s)
            except RenderError:
                self._renew(place, child)
                raise
            self._renew(place, child)
            return answer
        finally:
            self._turns.give_back(place, lend_last=not place.is_warm)

    def close(self) -> None:
        """End the children, once the calls that run have their answers; those that wait are refused."""
        for place in self._turns.close():
            if place.child is not None:
                place.child.end()
                place.child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def idle(self) -> int:
        """How many more calls could run now."""
        return self._turns.idle

    @property
    def waiting(self) -> int:
        """How many calls wait for their turn."""
        return self._turns.waiting

    def pids(self) -> list[int]:
        """Return the processes that there are."""
        children = [place.child for place in self._places]
        return [child.pid for child in children if child is not None]

    def forget(self) -> None:
        """Let go of children that belong to the process which this one is a fork of."""
        for place in self._places:
            if place.child is not None:
                place.child.abandon()
        self._settle(len(self._places))

    def _settle(self, processes: int) -> None:
        self._places = [_Place() for _ in range(processes)]
        self._turns = Turns(self._places)
        self._starting = threading.Lock()  # or two that start would each wait for what the other has taken

    def _child(self, place: _Place) -> ChildProcess:
        if place.child is not None and place.child.has_ended:
            place.child.kill()
            place.child = None
        if place.child is None:
            place.child = self._launched()
        return place.child

    def _launched(self) -> ChildProcess:
        return ChildProcess(self._make, memory_mib=self._memory_mib)

    def _renew(self, place: _Place, child: ChildProcess) -> None:
        """Replace a child that is no longer fit at once, so that the next one is warm when it is needed."""
        if child.served == 0 or self._is_fit(child):
            return
        child.kill()
        place.child = None
        with suppress(DrawingCrashed):  # no room for it now; the next call tries again, and says so
            place.child = self._launched()

    def _is_fit(self, child: ChildProcess) -> bool:
        return (
            not child.is_spent
            and child.served < self._recycle_after
            and child.resident_mib <= self._recycle_mib
        )


def _forget(pool: weakref.ref[Pool]) -> None:
    """Run in every fork of this process, as soon as it is one."""
    alive = pool()
    if alive is not None:
        alive.forget()
