"""How PostgreSQL is set up: nobody waits for a lock, or holds one, without end."""

from __future__ import annotations

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_SETTINGS = (
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '60s'",  # a process that hangs gives its locks back
)


def tune_postgres(engine: Engine) -> None:
    """Let new connections of `engine` give up on a lock after 10 s, and a silent transaction after 60 s."""
    event.listen(engine, "connect", _set)


def _set(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.autocommit = True  # else the settings are gone with the first rollback
    cursor = connection.cursor()
    for setting in _SETTINGS:
        cursor.execute(setting)
    cursor.close()
    connection.autocommit = False
