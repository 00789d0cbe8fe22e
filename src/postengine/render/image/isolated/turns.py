"""Things that are lent to one borrower each, first come, first served."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from concurrent.futures import CancelledError, Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Lends things out; who finds none waits in a line.

    Args:
        things: What there is to lend.
    """

    def __init__(self, things: Iterable[T]) -> None:
        self._idle = list(things)
        self._count = len(self._idle)
        self._waiting: deque[Future[T]] = deque()
        self._lock = threading.Lock()
        self._is_closed = False

    @property
    def idle(self) -> int:
        """How many things are there."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many wait for one."""
        return len(self._waiting)

    def take(self) -> T:
        """Borrow a thing; wait for it.

        Raises:
            RuntimeError: `close` was called.
        """
        with self._lock:
            if self._is_closed:
                raise _closed()
            turn = self._next()
        try:
            return self._awaited(turn)
        except CancelledError:
            raise _closed() from None

    def give_back(self, thing: T, *, lend_last: bool = False) -> None:
        """Hand a thing to the first in the line; without a line it is the next to be lent, or the last."""
        with self._lock:
            while self._waiting:
                turn = self._waiting.popleft()
                if turn.set_running_or_notify_cancel():
                    turn.set_result(thing)
                    return
            self._idle.insert(0 if lend_last else len(self._idle), thing)

    def close(self) -> list[T]:
        """Send all who wait away, and return everything once it is back; nothing the second time."""
        with self._lock:
            if self._is_closed:
                return []
            self._is_closed = True
            for turn in self._waiting:
                turn.cancel()
            self._waiting.clear()
            turns = [self._next() for _ in range(self._count)]
        return [self._awaited(turn) for turn in turns]

    def _next(self) -> Future[T]:
        turn: Future[T] = Future()
        if self._idle:
            turn.set_result(self._idle.pop())
        else:
            self._waiting.append(turn)
        return turn

    def _awaited(self, turn: Future[T]) -> T:
        try:
            return turn.result()
        except BaseException:  # interrupted in the line: leave it, and pass on what came at the same moment
            if not turn.cancel():
                self.give_back(turn.result())
            raise


def _closed() -> RuntimeError:
    return RuntimeError("Expected an open renderer, but it was closed; make a new one.")
