"""What the database's and SQLAlchemy's errors mean, as our own."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
    StatementError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from postengine.adapters.stores.errors import StoreError, StoreOutdated, StoreRefused, StoreUnavailable

_UNDEFINED = {"42P01", "42703", "3F000"}
"""SQLSTATEs: no such table, column, schema."""


@contextmanager
def vendor_errors(*, is_commit: bool = False) -> Generator[None]:
    """Turn errors of the database into `StoreError`s.

    Args:
        is_commit: The connection may break after the commit was done.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise meaning(error, is_commit=is_commit) from error


def meaning(error: SQLAlchemyError, *, is_commit: bool = False) -> StoreError:
    """Return our error for the vendor's `error`."""
    original = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    cause = type(original).__name__
    if _is_outdated(error, original):
        return StoreOutdated(cause)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return StoreUnavailable(cause, was_committing=is_commit)
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeout)):
        return StoreUnavailable(cause)
    return StoreRefused(cause)


def _is_outdated(error: SQLAlchemyError, original: BaseException) -> bool:
    if isinstance(error, OperationalError):  # sqlite3 has no class of its own for these
        return str(original).startswith(("no such table", "no such column", "table "))
    return isinstance(error, ProgrammingError) and getattr(original, "sqlstate", None) in _UNDEFINED
