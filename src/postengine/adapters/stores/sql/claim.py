"""The claim: one statement that leases due rows to an owner; and when the next one is worth while."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from .types import Instant


def claim_statement(
    table: Table, urgency: str, *, now: datetime, limit: int, lease_until: datetime, owner: str
) -> ReturningUpdate[Any]:
    """Return the statement that takes up to `limit` due rows of `table` and returns them, in no order.

    Rows are ranked within their tenant, and taken by rank: tenants in turn. A row that another claim has
    locked is skipped (PostgreSQL; in SQLite there is one writer at a time).

    Args:
        table: Of deliveries, assets, checkups or watches.
        urgency: Name of the column that orders a tenant's rows, the earliest first.
        now: By the database's clock.
        limit: Rows at most.
        lease_until: After this they are free again.
        owner: Who gets them.
    """
    turn = func.row_number().over(
        partition_by=table.columns["tenant_id"], order_by=(table.columns[urgency], table.columns["id"])
    )
    ranked = select(table.columns["id"], turn.label("turn")).where(_is_due(table, now)).cte("ranked")
    due = table.alias("due")
    picked = (
        select(due.columns["id"])
        .join(ranked, ranked.columns["id"] == due.columns["id"])
        .where(_is_due(due, now))
        .order_by(ranked.columns["turn"], due.columns[urgency], due.columns["id"])
        .limit(limit)
        .with_for_update(of=due, skip_locked=True)
        .cte("picked")
    )
    return (
        update(table)
        .where(table.columns["id"].in_(select(picked.columns["id"])))
        .values(
            fence=table.columns["fence"] + 1,
            lease_until=lease_until,
            lease_owner=owner,
            taken=False,
            crashes=table.columns["crashes"] + case((_has_crashed(table), 1), else_=0),
        )
        .returning(*table.columns)
    )


def next_act_statement(tables: tuple[Table, ...]) -> Select[datetime]:
    """Return the statement for the earliest instant at which unleased work is due, or a lease ends."""
    instants = union_all(*(part for table in tables for part in _instants(table))).subquery("instants")
    return select(type_coerce(func.min(instants.columns["at"]), Instant()))


def _instants(table: Table) -> tuple[Select[Any], Select[Any]]:
    act_at, lease_until = table.columns["act_at"], table.columns["lease_until"]
    has_work = and_(table.columns["next_step"].is_not(None), act_at.is_not(None))
    first = select(func.min(act_at).label("at")).where(has_work, lease_until.is_(None))
    ends_at = case((lease_until > act_at, lease_until), else_=act_at)
    leased = select(func.min(ends_at).label("at")).where(has_work, lease_until.is_not(None))
    return first, leased


def _is_due(table: FromClause, now: datetime) -> ColumnElement[bool]:
    lease_until = table.columns["lease_until"]
    return and_(
        table.columns["next_step"].is_not(None),
        table.columns["act_at"] <= now,
        or_(lease_until.is_(None), lease_until <= now),
    )


def _has_crashed(table: Table) -> ColumnElement[bool]:
    return and_(table.columns["taken"], table.columns["lease_until"].is_not(None))
