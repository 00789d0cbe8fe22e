"""A scheduler alone: claims what is due and notes it, as fast as it can; nobody works."""

from __future__ import annotations

import os
import time
from datetime import timedelta

from postengine.engine.posts.delivery import Delivery
from reference_app.settings import Settings
from reference_app.wiring import build_ports

READY = "claims-*.new"
"""A file that each scheduler has when it can begin."""
GO = "go"
"""The file that all of them wait for, so that none is done before another has come."""
CLAIMS = "claims-*.txt"
"""A file that each has when it is done, with an id on each line."""
_LOOK_EVERY_S = 0.005
_PAUSE_S = 0.02
"""Between two claims, as between a cron's looks: without it, one would keep SQLite's lock to itself."""
_BATCH = 20
_LEASE = timedelta(minutes=10)
"""None ends during a run: a second claim of the same row would be one too many."""


def claim_all(settings: Settings) -> None:
    """Claim in batches, together with the others, until nothing is due; write down what was claimed."""
    ports = build_ports(settings)
    draft = settings.data_dir / f"claims-{os.getpid()}.new"
    with draft.open("w", encoding="utf-8") as notes:
        while not (settings.data_dir / GO).exists():
            time.sleep(_LOOK_EVERY_S)
        while rows := ports.store.claim(Delivery, limit=_BATCH, lease=_LEASE, owner=ports.owner):
            notes.writelines(f"{row.id}\n" for row in rows)
            time.sleep(_PAUSE_S)
    draft.rename(draft.with_suffix(".txt"))
