"""The tick after a write, so that "now" is now."""

from __future__ import annotations

import logging

from postengine.engine.ports import Ports
from postengine.engine.schedule.tick import tick
from postengine.errors import PostEngineError

from .logs import with_fields

_log = logging.getLogger(__name__)


def wake(ports: Ports) -> None:
    """Hand what is due to the workers; where the store or the queue is away, the cron does it later."""
    try:
        tick(ports)
    except PostEngineError as error:
        _log.warning("left to the cron", extra=with_fields(error=error))
