"""What a database cannot do comes as our own errors, which say whether to try again."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, text

from postengine.adapters.stores.errors import StoreError, StoreRefused, StoreUnavailable
from postengine.adapters.stores.sql import SqlStore, open_store
from postengine.engine.ports import Row
from postengine.engine.posts.tenant import Account, Tenant
from tests.contract.rows import full, minimal


def test_a_locked_sqlite_file_may_be_tried_again(sqlite_store: SqlStore) -> None:
    event.listen(sqlite_store.engine, "connect", be_impatient)
    sqlite_store.engine.dispose()
    file = sqlite_store.engine.url.database
    assert file is not None

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="try again") as caught:
            add(sqlite_store, full(Tenant))

    assert caught.value.retryable
    assert not caught.value.may_have_happened


def be_impatient(connection: sqlite3.Connection, _entry: object) -> None:
    connection.execute("PRAGMA busy_timeout = 1")


def test_a_deadlock_ends_for_one_with_an_error_that_may_be_tried_again(postgres_store: SqlStore) -> None:
    add(postgres_store, minimal(Account, id="a"), minimal(Account, id="b"))
    both_hold_one = threading.Barrier(2)
    errors: list[StoreError] = []

    def lock(first: str, second: str) -> None:
        try:
            with postgres_store.transaction() as tx:
                tx.get(Account, first, lock=True)
                both_hold_one.wait()
                tx.get(Account, second, lock=True)
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=lock, args=order) for order in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [type(error) for error in errors] == [StoreUnavailable]
    assert errors[0].cause == "DeadlockDetected"


def test_nobody_waits_for_a_lock_or_holds_one_without_end(postgres_store: SqlStore) -> None:
    with postgres_store.engine.connect() as connection:
        connection.rollback()
        waits = connection.execute(text("SHOW lock_timeout")).scalar_one()
        holds = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()

    assert (waits, holds) == ("10s", "1min")


def test_a_server_that_is_not_there_may_be_tried_again_and_its_password_is_not_told(tmp_path: Path) -> None:
    store = open_store(f"postgresql://me:s3cret@/nothing?host={tmp_path}")

    with pytest.raises(StoreUnavailable) as caught:
        store.now()

    assert caught.value.retryable
    assert "s3cret" not in str(caught.value)


def test_a_connection_that_breaks_before_the_commit_has_done_nothing(
    postgres_store: SqlStore, postgres_url: str
) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        break_within(postgres_store, postgres_url, then_write=True)

    assert not caught.value.may_have_happened


def test_a_connection_that_breaks_during_the_commit_leaves_its_outcome_open(
    postgres_store: SqlStore, postgres_url: str
) -> None:
    with pytest.raises(StoreUnavailable, match="unknown") as caught:
        break_within(postgres_store, postgres_url, then_write=False)

    assert caught.value.may_have_happened
    with postgres_store.transaction() as tx:
        assert tx.count(Tenant, {}) == 0


def break_within(store: SqlStore, url: str, *, then_write: bool) -> None:
    """Let the server end the connection of a transaction that has written a row."""
    with store.transaction() as tx:
        tx.add(full(Tenant))
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND state = 'idle in transaction'"
                " AND datname = current_database()"
            )
        if then_write:
            tx.add(full(Tenant))


def test_a_value_that_the_database_cannot_hold_is_refused_for_good(postgres_store: SqlStore) -> None:
    with pytest.raises(StoreRefused, match="check the row's values") as caught:
        add(postgres_store, full(Tenant, name="nul \0 byte"))

    assert not caught.value.retryable


def test_an_instant_without_its_zone_is_refused(sql_store: SqlStore) -> None:
    naive = datetime(2026, 12, 1, 9, 0)  # noqa: DTZ001 - the mistake itself

    with pytest.raises(StoreRefused) as caught:
        add(sql_store, full(Tenant, created_at=naive))

    assert "with its zone" in str(caught.value.__cause__)


def test_a_row_that_breaks_no_rule_but_is_incomplete_is_not_called_a_conflict(sql_store: SqlStore) -> None:
    row = full(Tenant)
    add(sql_store, row)
    broken = replace(row)
    object.__setattr__(broken, "name", None)

    with pytest.raises(StoreRefused):
        save(sql_store, broken)


def add(store: SqlStore, *rows: Row) -> None:
    with store.transaction() as tx:
        for row in rows:
            tx.add(row)


def save(store: SqlStore, row: Row) -> None:
    with store.transaction() as tx:
        tx.save(row)
