"""The schema: a table for each kind of row, with its unique and look-up indexes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Index, MetaData, Result, Table, and_, or_

from postengine.adapters.stores.kinds import KINDS, Unique
from postengine.engine.ports import R, Row

from .columns import columns_of
from .statements import Statements


class Tables:
    """All tables under one prefix and schema.

    Args:
        prefix: Put before each table's and index's name, so that they can live among a caller's own.
        schema: The PostgreSQL schema they are in; None for the connection's own.
    """

    def __init__(self, prefix: str = "", schema: str | None = None) -> None:
        self.prefix = prefix
        self.metadata = MetaData(schema=schema)
        self._tables = {kind: _table(kind, prefix, self.metadata) for kind in KINDS}
        self._statements = {kind: Statements(table) for kind, table in self._tables.items()}

    def of(self, kind: type[Row]) -> Table:
        """Return the table of `kind`."""
        return self._tables[kind]

    def statements(self, kind: type[Row]) -> Statements:
        """Return the statements about the table of `kind`."""
        return self._statements[kind]


def read_rows(kind: type[R], result: Result[Any]) -> list[R]:
    """Return records of all columns as rows of `kind`."""
    names = tuple(result.keys())
    return [kind(**dict(zip(names, record, strict=True))) for record in result]


def write_row(row: Row, table: Table) -> dict[str, object]:
    """Return the values of `row` by column."""
    return {column.name: getattr(row, column.name) for column in table.columns}


def index_name(table: Table, rule: Unique) -> str:
    """Return the name of the unique index for `rule`."""
    return f"{table.name}_{'_'.join(rule.fields)}_once"


def _table(kind: type[Row], prefix: str, metadata: MetaData) -> Table:
    described = KINDS[kind]
    table = Table(f"{prefix}{described.table}", metadata, *columns_of(kind))
    for rule in described.unique:
        _index(index_name(table, rule), table, rule.fields, where=_counted(table, rule), unique=True)
    for names in described.indexes:
        _index(f"{table.name}_{'_'.join(names)}", table, names)
    if "next_step" in table.columns:
        has_work = table.columns["next_step"].is_not(None)
        _index(f"{table.name}_due", table, ("act_at",), where=has_work)
        _index(
            f"{table.name}_leased", table, ("lease_until",), where=table.columns["lease_until"].is_not(None)
        )
    return table


def _index(
    name: str,
    table: Table,
    names: tuple[str, ...],
    *,
    where: ColumnElement[bool] | None = None,
    unique: bool = False,
) -> None:
    columns = [table.columns[column] for column in names]
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _counted(table: Table, rule: Unique) -> ColumnElement[bool] | None:
    """Return the condition for a row to count for `rule`, or None if all do."""
    only = [table.columns[name] == value for name, value in rule.only]
    unless = [or_(table.columns[name].is_(None), table.columns[name] != value) for name, value in rule.unless]
    return and_(*only, *unless) if only or unless else None
