"""A queue inside this process: collects messages until it is drained."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from postengine.engine.jobs import Job, Message


class InlineDispatcher:
    """Keeps messages in order and runs them when told; implements `Dispatcher`.

    Args:
        run: Does one job; what it raises leaves `drain`.
    """

    def __init__(self, run: Callable[[Job, Message], None]) -> None:
        self._run = run
        self._waiting: deque[tuple[Job, Message]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def send(self, messages: Sequence[tuple[Job, Message]]) -> None:
        """Put all messages at the end."""
        self._waiting.extend(messages)

    def drain(self) -> int:
        """Run what waits, and what is sent meanwhile; return how many jobs ran."""
        count = 0
        while self._waiting:
            job, message = self._waiting.popleft()
            self._run(job, message)
            count += 1
        return count
