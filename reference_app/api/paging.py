"""Lists in parts: the rows after a cursor, and the cursor after them."""

from __future__ import annotations

from postengine.engine.ports import Above, R, Transaction, Where

from .shape import Listed


def page(tx: Transaction, kind: type[R], where: Where, query: Listed) -> tuple[list[R], str | None]:
    """Return the wanted rows in the order of their ids, and the next cursor if there are more."""
    conditions = dict(where)
    if query.cursor is not None:
        conditions["id"] = Above(query.cursor)
    rows = tx.find(kind, conditions, limit=query.limit + 1)
    has_more = len(rows) > query.limit
    rows = rows[: query.limit]
    return rows, rows[-1].id if has_more else None
