"""A writer that never comes to its commit: it waits in the middle of a transaction for its SIGKILL."""

from __future__ import annotations

import signal
import sys

from sqlalchemy import text

from postengine.adapters.stores.sql import make_engine
from reference_app.settings import Settings


def write_half(settings: Settings) -> None:
    """Take all deliveries in hand for ever, and do not commit."""
    engine = make_engine(settings.database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE deliveries SET state = 'published', next_step = NULL"))
        print("half-writer: in the middle", file=sys.stderr, flush=True)
        signal.pause()
