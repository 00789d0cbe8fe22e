"""How SQLite is set up: durable, with one writer at a time and readers that need not wait for it."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

READS_ONLY = "postengine_reads_only"
"""Execution option of a connection that will not write: its transaction need not wait for the writer."""

_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


def tune_sqlite(engine: Engine) -> None:
    """Let new connections of `engine` write ahead, wait for each other, and begin as writers.

    The driver's own begin is switched off: it comes too late for a read that a write follows.
    Source: SQLAlchemy's documentation, SQLite dialect, "Enabling Non-Legacy SQLite Transactional Modes".
    """
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    reads_only = bool(connection.get_execution_options().get(READS_ONLY))
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
