"""Cron: every minute, and at each known instant before, what is due is claimed and handed to the workers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from postengine.engine.ports import Ports
from postengine.engine.schedule.tick import tick
from postengine.errors import PostEngineError
from reference_app.ending import Ending
from reference_app.heartbeat import Heartbeat
from reference_app.identity import check_age
from reference_app.installation import hold_back
from reference_app.logs import set_up_logs, with_fields
from reference_app.marks import CRON, set_mark
from reference_app.settings import Settings
from reference_app.watchman import Watchman
from reference_app.wiring import alerters, build_ports

_log = logging.getLogger(__name__)
_STEP_S = 0.5
_SEEN_EVERY = timedelta(seconds=10)
_LONGEST_WAIT_S = 5.0


@dataclass(slots=True)
class Cron:
    """Looks at the store twice a second, and ticks when something is due or a minute begins.

    Each look first sees whether the database was restored beneath it; then everything is held.

    Any number of them may run: a claim is taken once.
    """

    ports: Ports
    settings: Settings
    _wait_s: float = _STEP_S
    _tick_at: datetime | None = None
    _seen_at: datetime | None = None

    def run(self, wait: Callable[[float], bool]) -> None:
        """Look, again and again; while the store or the queue is away, ever more seldom.

        Args:
            wait: Called after each look with seconds to wait; returns whether to end.
        """
        is_over = False
        while not is_over:
            try:
                self.look()
            except PostEngineError as error:
                self._back_off("put off", error)
            except Exception as error:  # noqa: BLE001 - the edge: a cron that ends would stop everything
                _log.exception("crashed")
                self._back_off("crashed", error)
            else:
                self._wait_s = _STEP_S
            is_over = wait(self._wait_s)

    def look(self) -> None:
        """Tick if it is time to."""
        check_age(self.settings, self.ports)
        now = self.ports.store.now()
        if self._seen_at is None or now - self._seen_at >= _SEEN_EVERY:
            self._say_so()
            self._seen_at = now
        known = self.ports.store.next_act_at()
        is_due = known is not None and known <= now
        if self._tick_at is None or now >= self._tick_at or is_due:
            self._tick_at = tick(self.ports)

    def _say_so(self) -> None:
        with self.ports.store.transaction() as tx:
            set_mark(tx, CRON, self.ports.owner)
        Heartbeat(self.settings, self.ports).beat()

    def _back_off(self, event: str, error: Exception) -> None:
        self._wait_s = min(self._wait_s * 2, _LONGEST_WAIT_S)
        _log.warning(event, extra=with_fields(error=error, again_in_s=self._wait_s))


def main(ports: Ports | None = None) -> None:
    """Run until SIGTERM or SIGINT; a look that has begun is finished.

    Args:
        ports: None builds them by the settings; tests hand in their own.
    """
    settings = Settings()
    set_up_logs(settings.log_level)
    ports = ports or build_ports(settings)
    hold_back(settings, ports)
    Watchman(ports, alerters(settings)).start()
    Cron(ports, settings).run(Ending().wait)


if __name__ == "__main__":
    main()
