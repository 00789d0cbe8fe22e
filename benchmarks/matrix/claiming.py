"""A scheduler alone: claims what is due and notes it, as fast as it can; nobody works."""

from __future__ import annotations

import os
from datetime import timedelta

from postengine.engine.posts.delivery import Delivery
from reference_app.settings import Settings
from reference_app.wiring import build_ports

CLAIMS = "claims-*.txt"
_BATCH = 20
_LEASE = timedelta(minutes=10)
"""None ends during a run: a second claim of the same row would be one too many."""


def claim_all(settings: Settings) -> None:
    """Claim in batches until nothing is due; write each id on a line of a file of its own."""
    ports = build_ports(settings)
    draft = settings.data_dir / f"claims-{os.getpid()}.new"
    with draft.open("w", encoding="utf-8") as notes:
        while rows := ports.store.claim(Delivery, limit=_BATCH, lease=_LEASE, owner=ports.owner):
            notes.writelines(f"{row.id}\n" for row in rows)
    draft.rename(draft.with_suffix(".txt"))
