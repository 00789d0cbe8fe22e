"""Reads and writes of one SQL transaction, a statement each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table

from postengine.adapters.stores.errors import StoreRefused
from postengine.adapters.stores.kinds import KINDS, exists
from postengine.engine.ports import R, Row, Where
from postengine.engine.posts.errors import Conflict, NotFound
from postengine.errors import PostEngineError

from .clock import read_clock
from .conditions import shape_of, values_of
from .statements import ITS_ID, LIMIT
from .tables import Tables, index_name, read_rows, write_row
from .vendor import vendor_errors


class SqlTransaction:
    """What `SqlStore.transaction` gives; implements `Transaction`.

    Args:
        connection: In a transaction already; whoever opened it ends it.
    """

    def __init__(self, connection: Connection, tables: Tables) -> None:
        self._connection = connection
        self._tables = tables
        with vendor_errors():
            self._now = connection.execute(read_clock(connection.dialect.name)).scalar_one()

    @property
    def now(self) -> datetime:
        """The database's clock when the transaction began."""
        return self._now

    def get(self, kind: type[R], id: str, *, lock: bool = False) -> R | None:  # noqa: A002 - the port's
        """Return the row, locked until the transaction ends if `lock`, or None."""
        return next(iter(self.find(kind, {"id": id}, lock=lock)), None)

    def find(
        self,
        kind: type[R],
        where: Where,
        *,
        order_by: str = "id",
        limit: int | None = None,
        lock: bool = False,
    ) -> list[R]:
        """Return the matching rows in ascending order of `order_by` (unset ones last), then id."""
        statements, values = self._tables.statements(kind), values_of(where)
        statement = statements.select(shape_of(where), order_by, has_limit=limit is not None, lock=lock)
        if limit is not None:
            values[LIMIT] = limit
        with vendor_errors():
            return read_rows(kind, self._connection.execute(statement, values))

    def count(self, kind: type[R], where: Where) -> int:
        """Return how many rows match."""
        statement = self._tables.statements(kind).count(shape_of(where))
        with vendor_errors():
            return self._connection.execute(statement, values_of(where)).scalar_one()

    def add(self, row: Row) -> None:
        """Write a new row, or raise `Conflict`, after which the transaction is still good."""
        statement = self._tables.statements(type(row)).insert(self._connection.dialect.name)
        with vendor_errors():
            added = self._connection.execute(statement, write_row(row, self._tables.of(type(row)))).first()
        if added is None:
            raise self._clash(row)

    def save(self, row: Row) -> None:
        """Replace the row with the same id.

        Raises:
            NotFound: There is none.
            Conflict: Another row has what must be unique; leave the transaction then.
        """
        table = self._tables.of(type(row))
        values = write_row(row, table)
        values[ITS_ID] = values.pop("id")
        try:
            with vendor_errors():
                changed = self._connection.execute(self._tables.statements(type(row)).update, values).rowcount
        except StoreRefused as error:
            raise _broken_rule(row, table, error) from error
        if changed == 0:
            raise NotFound(type(row).__name__, row.id)

    def remove(self, row: Row) -> None:
        """Remove the row with the same id, if it is there."""
        with vendor_errors():
            self._connection.execute(self._tables.statements(type(row)).delete, {ITS_ID: row.id})

    def _clash(self, row: Row) -> Conflict:
        """Find out what `row` has in common with one that exists."""
        *others, last = [("id",), *(rule.fields for rule in KINDS[type(row)].unique)]
        for names in others:
            if self.count(type(row), {name: getattr(row, name) for name in names}):
                return exists(row, names)
        return exists(row, last)


def _broken_rule(row: Row, table: Table, error: StoreRefused) -> PostEngineError:
    """Return a `Conflict` if the database names a rule: by its index, or in SQLite by its columns."""
    message = str(error.__cause__)
    for rule in KINDS[type(row)].unique:
        columns = ", ".join(f"{table.name}.{name}" for name in rule.fields)
        if index_name(table, rule) in message or columns in message:
            return exists(row, rule.fields)
    return error
