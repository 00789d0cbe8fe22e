"""The worker's side of Dramatiq: `dramatiq reference_app.worker:start -Q distribution -p 1 -t 5`."""

from __future__ import annotations

import dramatiq

from reference_app.actors import distribution, media_processing
from reference_app.logs import set_up_logs
from reference_app.settings import Settings
from reference_app.watchman import Watchman
from reference_app.wiring import Wired, alerters, wire


def start(wired: Wired | None = None) -> None:
    """Wire the engine, declare all actors and make their broker the one that the command line runs.

    Args:
        wired: None wires by the settings; tests hand in their own.
    """
    settings = Settings()
    set_up_logs(settings.log_level)
    wired = wired or wire(settings)
    media_processing.declare(wired.broker, wired.ports)
    distribution.declare(wired.broker, wired.ports)
    Watchman(wired.ports, alerters(settings)).start()
    dramatiq.set_broker(wired.broker)
