"""The statements about one table, each built once: building costs more than running it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Delete, Select, Table, Update, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from .conditions import Shape, condition

LIMIT, ITS_ID = "at_most", "its_id"
"""Names of values that no column has."""


class Statements:
    """Statements whose values come when they are run, by the names of the columns.

    Attributes:
        update: Sets the columns that have a value, of the row of `ITS_ID`.
        delete: Of the row of `ITS_ID`.
    """

    def __init__(self, table: Table) -> None:
        its_id = table.columns["id"] == bindparam(ITS_ID)
        self.update: Update = update(table).where(its_id)
        self.delete: Delete = delete(table).where(its_id)
        self._table = table
        self._inserts: dict[str, ReturningInsert[Any]] = {}
        self._counts: dict[Shape, Select[int]] = {}
        self._selects: dict[tuple[Shape, str, bool, bool], Select[Any]] = {}

    def select(self, shape: Shape, order_by: str, *, has_limit: bool, lock: bool) -> Select[Any]:
        """Return what reads the matching rows in ascending order of a column (unset ones last), then id."""
        which = (shape, order_by, has_limit, lock)
        if which not in self._selects:
            self._selects[which] = self._select(*which)
        return self._selects[which]

    def count(self, shape: Shape) -> Select[int]:
        """Return what counts the matching rows."""
        if shape not in self._counts:
            matching = condition(self._table, shape)
            self._counts[shape] = select(func.count()).select_from(self._table).where(matching)
        return self._counts[shape]

    def insert(self, dialect_name: str) -> ReturningInsert[Any]:
        """Return what writes a new row and answers with its id, or with nothing if it clashes."""
        if dialect_name not in self._inserts:
            insert = postgresql.insert if dialect_name == "postgresql" else sqlite.insert
            statement = insert(self._table).on_conflict_do_nothing()
            self._inserts[dialect_name] = statement.returning(self._table.columns["id"])
        return self._inserts[dialect_name]

    def _select(self, shape: Shape, order_by: str, has_limit: bool, lock: bool) -> Select[Any]:  # noqa: FBT001 - private
        column = self._table.columns[order_by]
        place = column.asc().nulls_last() if column.nullable else column
        statement = select(self._table).where(condition(self._table, shape))
        statement = statement.order_by(place, self._table.columns["id"])
        if has_limit:
            statement = statement.limit(bindparam(LIMIT))
        return statement.with_for_update() if lock else statement
