"""From the conditions of `Transaction.find` to SQL: their shape is the statement, the values go with it."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any, TypeAlias, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, or_, true

from postengine.engine.ports import Above, AtMost, Where


class Sign(Enum):
    """How a column is compared."""

    EQUAL = auto()
    UNSET = auto()
    AT_MOST = auto()
    ABOVE = auto()
    AMONG = auto()
    AMONG_OR_UNSET = auto()


Shape: TypeAlias = tuple[tuple[str, Sign], ...]
"""Names of columns, each with its sign."""


def shape_of(where: Where) -> Shape:
    """Return what of the conditions is the same from one call to the next."""
    return tuple((name, _sign(wanted)) for name, wanted in where.items())


def values_of(where: Where) -> dict[str, object]:
    """Return the rest of them: the values, by the names that `condition` gives them."""
    return {name: _value(wanted) for name, wanted in where.items() if wanted is not None}


def condition(table: Table, shape: Shape) -> ColumnElement[bool]:
    """Return the condition that all of `shape` holds.

    Raises:
        KeyError: The table has no such column.
    """
    return and_(true(), *(_clause(table.columns[name], sign) for name, sign in shape))


def _sign(wanted: object) -> Sign:
    match wanted:
        case None:
            return Sign.UNSET
        case AtMost():
            return Sign.AT_MOST
        case Above():
            return Sign.ABOVE
        case tuple():
            return Sign.AMONG_OR_UNSET if None in wanted else Sign.AMONG
        case _:
            return Sign.EQUAL


def _value(wanted: object) -> object:
    if isinstance(wanted, (AtMost, Above)):
        return wanted.value
    if isinstance(wanted, tuple):
        return [value for value in cast("tuple[object, ...]", wanted) if value is not None]
    return wanted


def _clause(column: ColumnElement[Any], sign: Sign) -> ColumnElement[bool]:
    is_list = sign in {Sign.AMONG, Sign.AMONG_OR_UNSET}
    value = bindparam(column.key, type_=column.type, expanding=is_list)
    match sign:
        case Sign.EQUAL:
            return column == value
        case Sign.UNSET:
            return column.is_(None)
        case Sign.AT_MOST:
            return column <= value
        case Sign.ABOVE:
            return column > value
        case Sign.AMONG:
            return column.in_(value)
        case Sign.AMONG_OR_UNSET:
            return or_(column.in_(value), column.is_(None))
