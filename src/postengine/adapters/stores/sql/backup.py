"""A copy of a whole SQLite database, made while others write."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from postengine.adapters.stores.errors import BackupImpossible


def backup(url: str, to: Path) -> None:
    """Copy the SQLite database at `url` to the new file `to`, as it is at one instant.

    Writers need not stop, and wait for nothing: the copy is read from one snapshot. It is checked, brought
    to the disk, and then given its name in one step; `to` is one file, readable by its owner alone, for it
    holds keys. Files of assets are not in it.

    Args:
        url: As `make_engine` takes it, `sqlite:///file.db`.
        to: Nothing is there yet; its folder is.

    Raises:
        BackupImpossible: It is not SQLite (use `pg_dump`), there is no such database, `to` exists already,
            or the copy could not be written or is not whole.
    """
    source = _file_of(url)
    if to.exists():
        raise BackupImpossible("FileExistsError", f"{to} exists already; choose another name")
    draft = to.with_name(f"{to.name}.part")
    try:
        with _beginning(draft):
            _copy(source, draft)
            draft.rename(to)
            _sync(to.parent)
    except (OSError, sqlite3.Error) as error:
        raise BackupImpossible(type(error).__name__, f"{error} ({source} to {to})") from error


def _file_of(url: str) -> Path:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise BackupImpossible("NotSqlite", "a PostgreSQL database is backed up by pg_dump --format=custom")
    file = Path(parsed.database or "")
    if not file.is_file():
        raise BackupImpossible("FileNotFoundError", f"there is no SQLite file {file}")
    return file


@contextmanager
def _beginning(draft: Path) -> Generator[None]:
    """Make the file for its owner alone; whatever happens, nothing is left of it."""
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield
    finally:
        draft.unlink(missing_ok=True)


def _copy(source: Path, draft: Path) -> None:
    with closing(sqlite3.connect(source, timeout=10)) as reading, closing(sqlite3.connect(draft)) as writing:
        reading.backup(writing)  # all pages in one step: one snapshot, however much is written meanwhile
        (found,) = writing.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged: {found}")
        writing.execute("PRAGMA journal_mode = DELETE")  # else it would be two files or three
    _sync(draft)


def _sync(place: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
