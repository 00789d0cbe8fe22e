"""The store in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from postengine.adapters.stores.kinds import WORK
from postengine.adapters.stores.turns import URGENCY, in_turns
from postengine.engine.ports import W

from .claim import claim_statement, next_act_statement
from .clock import read_clock
from .join import joined
from .sqlite import READS_ONLY
from .tables import Tables, read_rows
from .transaction import SqlTransaction
from .vendor import vendor_errors


class SqlStore:
    """All rows in one database, whose clock judges what is due. Implements `Store`.

    PostgreSQL runs at READ COMMITTED with row locks; SQLite has one writer at a time, so each transaction
    begins as one. Errors of the database come as `StoreError`s.

    Args:
        engine: From `make_engine`; or one of your own, after `tune_sqlite` or `tune_postgres`.
        prefix: Put before each table's name.
        schema: PostgreSQL schema of the tables; None for the connection's own.
    """

    def __init__(self, engine: Engine, *, prefix: str = "", schema: str | None = None) -> None:
        self.engine = engine
        self.tables = Tables(prefix, schema)

    def now(self) -> datetime:
        """Return the database's time."""
        with self._own(reads_only=True) as connection, vendor_errors():
            return connection.execute(read_clock(connection.dialect.name)).scalar_one()

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[SqlTransaction]:
        """Open a transaction that commits at the end, and rolls back if an error leaves it.

        Args:
            connection: Write inside the caller's open transaction instead, and leave its end to them: a
                SQLAlchemy `Connection`, or the driver's own, of psycopg or sqlite3. With Django:

                    with django.db.transaction.atomic():
                        listing.save()
                        with store.transaction(django.db.connection.connection) as tx:
                            tx.add(…)

                The engine's commands take the same `connection`.

                An error in the block undoes our rows alone, by a savepoint.

        Raises:
            StoreUnavailable: `may_have_happened` if the connection broke during the commit.
        """
        opened = self._own() if connection is None else joined(connection, self.engine)
        with opened as ours:
            yield SqlTransaction(ours, self.tables)

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        """Lease up to `limit` due rows to `owner`, in one statement."""
        with self._own() as connection, vendor_errors():
            now = connection.execute(read_clock(connection.dialect.name)).scalar_one()
            statement = claim_statement(
                self.tables.of(kind),
                URGENCY[kind],
                now=now,
                limit=limit,
                lease_until=now + lease,
                owner=owner,
            )
            return in_turns(read_rows(kind, connection.execute(statement)))

    def next_act_at(self) -> datetime | None:
        """Return when the next work is due, or the next lease on work ends."""
        statement = next_act_statement(tuple(self.tables.of(kind) for kind in WORK))
        with self._own(reads_only=True) as connection, vendor_errors():
            return connection.execute(statement).scalar_one_or_none()

    @contextmanager
    def _own(self, *, reads_only: bool = False) -> Generator[Connection]:
        """Open a connection and a transaction on it."""
        with vendor_errors():
            connection = self.engine.connect().execution_options(**{READS_ONLY: reads_only})
        try:
            with vendor_errors():
                transaction = connection.begin()
            try:
                yield connection
            except BaseException:
                with vendor_errors():
                    transaction.rollback()
                raise
            with vendor_errors(is_commit=True):
                transaction.commit()
        finally:
            connection.close()
