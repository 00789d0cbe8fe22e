"""Our rows inside a caller's own transaction: theirs to commit, theirs to roll back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.string import TextLoader
from sqlalchemy import text

from postengine.adapters.stores.errors import StoreNotJoined
from postengine.adapters.stores.sql import SqlStore
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.tenant import Tenant
from tests.contract.rows import full


def names(store: SqlStore) -> list[str]:
    with store.transaction() as tx:
        return [row.name for row in tx.find(Tenant, {})]


def write_twice(store: SqlStore, connection: object) -> None:
    """Add a row and change it, as the engine does."""
    row = full(Tenant, name="first")
    with store.transaction(connection=connection) as tx:
        tx.add(row)
        found = tx.get(Tenant, row.id, lock=True)
        assert found == row
        tx.save(replace(row, name="second"))


def fail(store: SqlStore, connection: object) -> None:
    with store.transaction(connection=connection) as tx:
        row = full(Tenant)
        tx.add(row)
        tx.add(row)


def test_a_sqlalchemy_connection_keeps_or_drops_our_rows_with_its_own(sql_store: SqlStore) -> None:
    with sql_store.engine.connect() as connection:
        write_twice(sql_store, connection)
        connection.rollback()
    assert names(sql_store) == []

    with sql_store.engine.begin() as connection:
        write_twice(sql_store, connection)
    assert names(sql_store) == ["second"]


def test_our_error_leaves_the_callers_transaction_usable(sql_store: SqlStore) -> None:
    with sql_store.engine.begin() as connection:
        write_twice(sql_store, connection)
        with pytest.raises(Conflict):
            fail(sql_store, connection)
        assert connection.execute(text("SELECT count(*) FROM tenants")).scalar_one() == 1

    assert names(sql_store) == ["second"]


def test_an_sqlite3_connection_keeps_or_drops_our_rows_with_its_own(sqlite_store: SqlStore) -> None:
    file = sqlite_store.engine.url.database
    assert file is not None

    with closing(sqlite3.connect(file)) as connection:
        write_twice(sqlite_store, connection)
        connection.rollback()
        write_twice(sqlite_store, connection)
        with pytest.raises(Conflict):
            fail(sqlite_store, connection)
        assert connection.execute("SELECT name FROM tenants").fetchall() == [("second",)]
        connection.commit()

    assert names(sqlite_store) == ["second"]


def test_an_sqlite3_connection_with_work_of_its_own_loses_both_or_neither(sqlite_store: SqlStore) -> None:
    file = sqlite_store.engine.url.database
    assert file is not None

    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (n)")
        connection.execute("INSERT INTO theirs VALUES (1)")
        write_twice(sqlite_store, connection)
        connection.rollback()
        assert connection.execute("SELECT count(*) FROM theirs").fetchall() == [(0,)]

    assert names(sqlite_store) == []


@pytest.mark.parametrize("autocommit", [False, True], ids=["implicit", "transaction block"])
def test_a_psycopg_connection_keeps_or_drops_our_rows_with_its_own(
    postgres_store: SqlStore, postgres_url: str, *, autocommit: bool
) -> None:
    with psycopg.connect(postgres_url, autocommit=autocommit, row_factory=dict_row) as connection:
        with connection.transaction(force_rollback=True):
            write_twice(postgres_store, connection)
        with connection.transaction():
            write_twice(postgres_store, connection)
            with pytest.raises(Conflict):
                fail(postgres_store, connection)
            assert connection.execute("SELECT name FROM tenants").fetchall() == [{"name": "second"}]
        connection.commit()

    assert names(postgres_store) == ["second"]


def test_a_psycopg_connection_that_leaves_json_and_instants_to_its_owner_is_read_all_the_same(
    postgres_store: SqlStore, postgres_url: str
) -> None:
    with psycopg.connect(
        postgres_url, options="-c timezone=Asia/Kathmandu", cursor_factory=psycopg.ClientCursor
    ) as connection:
        connection.adapters.register_loader("json", TextLoader)

        write_twice(postgres_store, connection)

    assert names(postgres_store) == ["second"]


def test_a_psycopg_connection_without_a_transaction_is_refused(
    postgres_store: SqlStore, postgres_url: str
) -> None:
    with (
        psycopg.connect(postgres_url, autocommit=True) as connection,
        pytest.raises(StoreNotJoined, match="begin one first"),
    ):
        write_twice(postgres_store, connection)

    assert names(postgres_store) == []
