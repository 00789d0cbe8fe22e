"""The claim and the question for the next instant use the partial indexes, however much is planned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import ClauseElement, text
from sqlalchemy.dialects import postgresql, sqlite

from postengine.adapters.stores.sql import SqlStore
from postengine.adapters.stores.sql.claim import claim_statement, next_act_statement
from postengine.engine.posts.delivery import Delivery
from tests.contract.rows import NOON, delivery


def plan_of(store: SqlStore, statement: ClauseElement) -> str:
    """Return how the database means to execute the statement."""
    dialect = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}[store.engine.dialect.name]()
    sql = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        return "\n".join(
            str(line) for line in connection.exec_driver_sql(f"{explain} {sql.replace('%', '%%')}")
        )


@pytest.fixture
def many(sql_store: SqlStore) -> SqlStore:
    """A store with deliveries that are done, and some to do."""
    with sql_store.transaction() as tx:
        for n in range(50):
            tx.add(
                delivery(
                    f"d{n}",
                    NOON + timedelta(minutes=n) if n % 10 == 0 else None,
                    next_step="stage" if n % 10 == 0 else None,
                )
            )
    return sql_store


def test_the_claim_looks_only_at_work_that_is_due(many: SqlStore) -> None:
    table = many.tables.of(Delivery)
    statement = claim_statement(table, "act_at", now=NOON, limit=5, lease_until=NOON, owner="me")

    assert "deliveries_due" in plan_of(many, statement)


def test_the_next_instant_is_read_from_the_ends_of_two_indexes(many: SqlStore) -> None:
    plan = plan_of(many, next_act_statement((many.tables.of(Delivery),)))

    assert "deliveries_due" in plan
    assert "deliveries_leased" in plan
