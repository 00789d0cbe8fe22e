"""Worker processes, one of which is killed each second, and a new one begun in its place."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import TracebackType

from .worker import Site, work

PROCESSES = 3
_EVERY_S = 1.0


def fork_server() -> ForkServerContext:
    """Return what begins a worker in milliseconds: its modules are loaded already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__, "sqlalchemy.dialects.sqlite", "psycopg"])
    return context


class MortalWorkers:
    """Runs the workers of a scene; kills one at random each second, by SIGKILL, until told to stop.

    Attributes:
        killed: How many so far.
    """

    def __init__(self, context: ForkServerContext, site: Site, *, seed: int) -> None:
        self._context = context
        self._site = site
        self._chance = random.Random(seed)
        self._is_over = threading.Event()
        self._killing = threading.Thread(target=self._kill_on, daemon=True)
        self._workers = [self._begin() for _ in range(PROCESSES)]
        self.killed = 0

    def __enter__(self) -> MortalWorkers:
        self._killing.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.spare()
        for worker in self._workers:
            _kill(worker)

    def spare(self) -> None:
        """Kill no more."""
        self._is_over.set()
        self._killing.join()

    def _kill_on(self) -> None:
        while not self._is_over.wait(_EVERY_S):
            number = self._chance.randrange(PROCESSES)
            _kill(self._workers[number])
            self.killed += 1
            self._workers[number] = self._begin()

    def _begin(self) -> ForkServerProcess:
        worker = self._context.Process(target=work, args=(self._site,), daemon=True)
        worker.start()
        return worker


def _kill(worker: ForkServerProcess) -> None:
    if worker.pid is not None:
        os.kill(worker.pid, signal.SIGKILL)
    worker.join()
