"""Cron: every minute, and at each known instant before, what is due is claimed and handed to the workers."""

from __future__ import annotations

import logging
import signal
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType

from postengine.engine.ports import Ports
from postengine.engine.schedule.tick import tick
from postengine.errors import PostEngineError
from reference_app.installation import hold_back
from reference_app.logs import set_up_logs, with_fields
from reference_app.marks import CRON, set_mark
from reference_app.settings import Settings
from reference_app.wiring import build_ports

_log = logging.getLogger(__name__)
_STEP_S = 0.5
_SEEN_EVERY = timedelta(seconds=10)
_LONGEST_WAIT_S = 5.0


@dataclass(slots=True)
class Cron:
    """Looks at the store twice a second, and ticks when something is due or a minute begins.

    Any number of them may run: a claim is taken once.
    """

    ports: Ports
    wait_s: float = _STEP_S
    _tick_at: datetime | None = None
    _seen_at: datetime | None = None
    _is_over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look, again and again, until `stop`; while the store or the queue is away, ever more seldom."""
        while not self._is_over.is_set():
            try:
                self.look()
            except PostEngineError as error:
                self._back_off("put off", error)
            except Exception as error:  # noqa: BLE001 - the edge: a cron that ends would stop everything
                _log.exception("crashed")
                self._back_off("crashed", error)
            else:
                self.wait_s = _STEP_S
            self._is_over.wait(self.wait_s)

    def look(self) -> None:
        """Tick if it is time to."""
        now = self.ports.store.now()
        if self._seen_at is None or now - self._seen_at >= _SEEN_EVERY:
            self._say_so()
            self._seen_at = now
        known = self.ports.store.next_act_at()
        is_due = known is not None and known <= now
        if self._tick_at is None or now >= self._tick_at or is_due:
            self._tick_at = tick(self.ports)

    def stop(self) -> None:
        """End `run` at once."""
        self._is_over.set()

    def _say_so(self) -> None:
        with self.ports.store.transaction() as tx:
            set_mark(tx, CRON, self.ports.owner)

    def _back_off(self, event: str, error: Exception) -> None:
        self.wait_s = min(self.wait_s * 2, _LONGEST_WAIT_S)
        _log.warning(event, extra=with_fields(error=error, again_in_s=self.wait_s))


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = Settings()
    set_up_logs(settings.log_level)
    ports = build_ports(settings)
    hold_back(settings, ports)
    cron = Cron(ports)

    def end(_number: int, _frame: FrameType | None) -> None:
        cron.stop()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    cron.run()


if __name__ == "__main__":
    main()
