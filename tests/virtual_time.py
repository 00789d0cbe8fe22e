"""Databases that tell the time of a clock of ours, so that simulated days pass in them, too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.clock import Clock


@contextmanager
def sqlite_store_at(clock: Clock, template: Path, folder: Path) -> Iterator[SqlStore]:
    """Give an empty store in a file of `folder`, a copy of a migrated one, whose clock is `clock`.

    Its file is not waited for: what dies here is a process, and never the machine.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "store.db"
    shutil.copy(template, file)
    engine = make_engine(f"sqlite:///{file}")

    def tell_time(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.create_function("strftime", 2, lambda *_: _milliseconds(clock))
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(engine, "connect", tell_time)
    yield SqlStore(engine)
    engine.dispose()


def sqlite_template(folder: Path) -> Path:
    """Return a migrated SQLite file to be copied."""
    file = folder / "template.db"
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


def postgres_clock(engine: Engine) -> Callable[[Clock], None]:
    """Put a clock of ours before the database's own; return what sets it.

    Connections look for `clock_timestamp()` in a schema of the test's before they look in PostgreSQL's.
    """

    def look_here_first(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("SET search_path = virtual_time, pg_catalog, public")
        cursor.close()
        connection.commit()

    with engine.begin() as connection:
        for statement in _POSTGRES:
            connection.execute(text(statement))
    event.listen(engine, "connect", look_here_first)
    engine.dispose()

    def set_to(clock: Clock) -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE virtual_time.stands SET at = :at"), {"at": clock.now()})

    return set_to


_POSTGRES = (
    "CREATE SCHEMA virtual_time",
    "CREATE TABLE virtual_time.stands AS SELECT pg_catalog.clock_timestamp() AS at",
    "CREATE FUNCTION virtual_time.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE"
    " AS 'SELECT at FROM virtual_time.stands'",
)


def _milliseconds(clock: Clock) -> str:
    """Return the time as SQLite writes it: to the millisecond."""
    return clock.now().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
