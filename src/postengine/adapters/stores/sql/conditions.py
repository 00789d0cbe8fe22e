"""From the conditions of `Transaction.find` to SQL."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, or_, true

from postengine.engine.ports import Above, AtMost, Where


def condition(table: Table, where: Where) -> ColumnElement[bool]:
    """Return the condition that all of `where` holds.

    Raises:
        KeyError: The table has no such column.
    """
    return and_(true(), *(_clause(table.columns[name], wanted) for name, wanted in where.items()))


def _clause(column: ColumnElement[Any], wanted: object) -> ColumnElement[bool]:
    if wanted is None:
        return column.is_(None)
    if isinstance(wanted, AtMost):
        return column <= wanted.value
    if isinstance(wanted, Above):
        return column > wanted.value
    if isinstance(wanted, tuple):
        values = cast("tuple[object, ...]", wanted)
        among = column.in_([value for value in values if value is not None])
        return or_(among, column.is_(None)) if None in values else among
    return column == wanted
