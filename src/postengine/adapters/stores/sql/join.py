"""Our writes inside a transaction that a caller has open, on their connection."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection, Engine, NestedTransaction
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InternalError
from sqlalchemy.pool import StaticPool

from postengine.adapters.stores.errors import StoreNotJoined

from .vendor import vendor_errors


def _tuples(_cursor: object) -> type[tuple[object, ...]]:
    """Make psycopg's rows tuples."""
    return tuple


_PLAIN_ROWS: dict[str, object] = {"sqlite": None, "postgresql": _tuples}
"""What each driver's `row_factory` must be for rows to be tuples."""


@contextmanager
def joined(connection: object, engine: Engine) -> Generator[Connection]:
    """Give a connection that writes inside the caller's transaction, below a savepoint of its own.

    If an error leaves the block, what was written in it is undone, and the caller's transaction goes on.

    Args:
        connection: A SQLAlchemy `Connection`, or the driver's own (psycopg, sqlite3).
        engine: Of the store; the connection is to a database of the same kind.
    """
    if isinstance(connection, Connection):
        with _savepoint(connection):
            yield connection
        return
    with _borrowed(connection, engine) as borrowed, _savepoint(borrowed):
        yield borrowed


@contextmanager
def _savepoint(connection: Connection) -> Generator[None]:
    with vendor_errors():
        _open_sqlite(connection)
        savepoint = _begin_nested(connection)
    try:
        yield
    except BaseException:
        with vendor_errors():
            savepoint.rollback()
        raise
    with vendor_errors():
        savepoint.commit()


def _open_sqlite(connection: Connection) -> None:
    """Begin on an sqlite3 connection that has not yet: a savepoint would begin, and its release commit."""
    if not connection.in_transaction():
        connection.begin()
    driver = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and driver is not None and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_nested(connection: Connection) -> NestedTransaction:
    try:
        return connection.begin_nested()
    except InternalError as error:  # PostgreSQL alone; its only reason to refuse a savepoint
        raise StoreNotJoined(type(error.orig).__name__) from error


@contextmanager
def _borrowed(driver: object, engine: Engine) -> Generator[Connection]:
    with vendor_errors(), engine.connect():
        pass  # the dialect learns the server's version from the engine's first connection
    kept = cast("DBAPIConnection", _Kept(driver, _PLAIN_ROWS[engine.dialect.name]))
    pool = StaticPool(lambda: kept, reset_on_return=None, dialect=engine.dialect)
    with Engine(pool, engine.dialect, engine.url).connect() as connection:
        yield connection


class _Kept:
    """A driver's connection whose transaction is not ours to end."""

    def __init__(self, driver: Any, row_factory: object) -> None:  # noqa: ANN401 - a driver's connection
        self._driver = driver
        self._row_factory = row_factory

    def cursor(self) -> Any:  # noqa: ANN401 - a driver's cursor
        """Return a cursor that gives plain tuples, whatever the caller's own give."""
        cursor = self._driver.cursor()
        cursor.row_factory = self._row_factory
        return cursor

    def commit(self) -> None:
        """Leave it to the caller."""

    def rollback(self) -> None:
        """Leave it to the caller."""

    def close(self) -> None:
        """Leave it to the caller."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a driver's connection
        return getattr(self._driver, name)
