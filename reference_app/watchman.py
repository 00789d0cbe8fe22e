"""The watchman: in every process, so that trouble is told even when the cron is what has ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from postengine.engine.ports import Ports
from postengine.engine.trouble.processes import expect_cron, note_clock
from postengine.engine.trouble.telling import LOOK_EVERY, Alerter, tell_trouble

from .logs import with_fields

_log = logging.getLogger(__name__)


class Watchman:
    """Looks for trouble and tells it; any number of them share the work.

    Args:
        ports: Reach the store.
        alerters: The ways to the operator; without any, only this host's clock is looked at.
    """

    def __init__(self, ports: Ports, alerters: Sequence[Alerter]) -> None:
        self._ports = ports
        self._alerters = tuple(alerters)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, name="watchman", daemon=True)

    def look(self) -> None:
        """Look once.

        Raises:
            PostEngineError: The store is away.
        """
        with self._ports.store.transaction() as tx:
            expect_cron(tx)
        note_clock(self._ports)
        for way, sent in tell_trouble(self._ports, self._alerters):
            if sent.problem is not None:
                _log.warning("trouble could not be told", extra=with_fields(way=way, problem=sent.problem))

    def start(self) -> None:
        """Look every few seconds, in a thread that ends with the process."""
        self._thread.start()

    def stop(self) -> None:
        """End what `start` has begun, after the look that is on its way."""
        self._is_over.set()
        self._thread.join()

    def _keep_looking(self) -> None:
        while not self._is_over.wait(LOOK_EVERY.total_seconds()):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - the edge: a watchman that ends would tell nothing more
                _log.warning("trouble was not looked for", extra=with_fields(error=error))
