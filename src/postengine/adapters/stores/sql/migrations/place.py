"""Where the tables are, and how a revision makes them there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from alembic import op
from sqlalchemy import Column, Connection, text


@dataclass(frozen=True, slots=True)
class Place:
    """The database, and the names in it.

    Attributes:
        connection: Open, in a transaction; None to write SQL for `dialect_name` instead.
    """

    prefix: str = ""
    schema: str | None = None
    connection: Connection | None = None
    dialect_name: str = "postgresql"

    @property
    def version_table(self) -> str:
        """The table that remembers the revision."""
        return f"{self.prefix}postengine_version"


def create_table(name: str, *columns: Column[Any]) -> None:
    """Make a table, under the place's prefix."""
    place = _place()
    op.create_table(f"{place.prefix}{name}", *columns, schema=place.schema)


def create_index(
    table: str, end: str, columns: list[str], *, where: str | None = None, unique: bool = False
) -> None:
    """Make the index `<prefix><table>_<end>`, of the rows for which `where` holds."""
    place = _place()
    condition = None if where is None else text(where)
    op.create_index(
        f"{place.prefix}{table}_{end}",
        f"{place.prefix}{table}",
        columns,
        unique=unique,
        schema=place.schema,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def add_column(table: str, column: Column[Any]) -> None:
    """Add a column to a table that may hold rows."""
    place = _place()
    op.add_column(f"{place.prefix}{table}", column, schema=place.schema)


def drop_column(table: str, column: str) -> None:
    """Remove a column, with what is in it."""
    place = _place()
    op.drop_column(f"{place.prefix}{table}", column, schema=place.schema)


def drop_index(table: str, end: str) -> None:
    """Remove the index `<prefix><table>_<end>`."""
    place = _place()
    op.drop_index(f"{place.prefix}{table}_{end}", f"{place.prefix}{table}", schema=place.schema)


def table_name(name: str) -> str:
    """Return a table's whole name, for a statement of one's own."""
    place = _place()
    return f"{place.schema}.{place.prefix}{name}" if place.schema else f"{place.prefix}{name}"


def drop_table(name: str) -> None:
    """Remove a table and its indexes."""
    place = _place()
    op.drop_table(f"{place.prefix}{name}", schema=place.schema)


def _place() -> Place:
    return cast("Place", op.get_context().opts["place"])
