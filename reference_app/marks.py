"""Marks: named values of the installation, with the store's own time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ports import Transaction
from postengine.engine.posts.record import Mark
from postengine.engine.trouble.processes import CRON as CRON

WEBHOOK = "webhook"
"""When Postiz's webhook last woke the polls."""


def set_mark(tx: Transaction, name: str, value: str) -> None:
    """Write the mark `name` at the store's own time."""
    known = tx.get(Mark, name, lock=True)
    if known is None:
        tx.add(Mark(id=name, value=value, at=tx.now))
    else:
        tx.save(replace(known, value=value, at=tx.now))


def marked_at(tx: Transaction, name: str) -> datetime | None:
    """Return when the mark was last set."""
    known = tx.get(Mark, name)
    return None if known is None else known.at
