"""A backup of the embedded database that is on hold wherever it is started."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from postengine.adapters.stores.sql import backup, open_store

from .identity import say_restored
from .settings import Settings
from .wiring import build_ports


def make_backup(settings: Settings, file: Path) -> None:
    """Copy the database to the new `file`, and place the hold of a restored one in the copy.

    So it is held even where it is put back so soon that its count does not tell it from what it replaces.

    Raises:
        BackupImpossible: There is something at `file`, or the database is no SQLite file.
    """
    backup(settings.database, file)
    store = open_store(f"sqlite:///{file.resolve()}")
    try:
        say_restored(replace(build_ports(settings), store=store))
    finally:
        store.engine.dispose()
