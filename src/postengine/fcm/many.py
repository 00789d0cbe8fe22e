"""Sending any number of messages by a few threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from operator import length_hint
from typing import Self, TypeAlias

from .message import Message
from .outcome import Outcome

Outcomes: TypeAlias = dict[int, Outcome]


class Line:
    """Messages that wait for somebody who is free: an iterator that threads share.

    Args:
        messages: Read no faster than they are taken.
    """

    def __init__(self, messages: Iterable[Message]) -> None:
        self._waiting = enumerate(messages)
        self._lock = threading.Lock()
        self._is_closed = False

    def __iter__(self) -> Iterator[tuple[int, Message]]:
        return self

    def __next__(self) -> tuple[int, Message]:
        """Return the next message with its place from 0."""
        with self._lock:
            if self._is_closed:
                raise StopIteration
            return next(self._waiting)

    def close(self) -> None:
        """Let nobody take another one."""
        self._is_closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def send_by_threads(
    messages: Iterable[Message], work_off: Callable[[Line, Outcomes], None], *, workers: int
) -> list[Outcome]:
    """Send all messages and return their outcomes in order.

    If an error ends it, what was begun is finished and nothing more is begun.

    Args:
        messages: Any number.
        work_off: Sends messages of the line until it is empty, and keeps each outcome by its place.
        workers: The most threads.
    """
    outcomes: Outcomes = {}
    threads = max(1, min(workers, length_hint(messages, workers)))
    with ThreadPoolExecutor(threads, thread_name_prefix="fcm") as pool, Line(messages) as line:
        for worker in [pool.submit(work_off, line, outcomes) for _ in range(threads)]:
            worker.result()
    return in_order(outcomes)


def in_order(outcomes: Outcomes) -> list[Outcome]:
    """Return the outcomes by the places of their messages."""
    return [outcomes[place] for place in range(len(outcomes))]
