"""The migrations lead to exactly the schema that the dataclasses ask for."""

from __future__ import annotations

import re
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from postengine.adapters.stores.errors import StoreOutdated
from postengine.adapters.stores.sql import SqlStore, ddl, is_current, make_engine, migrate, open_store
from postengine.adapters.stores.sql.tables import Tables
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.listing import Facts, Listing
from postengine.engine.posts.tenant import Brand, Required, Tenant
from tests.contract.rows import full, minimal

PREFIX = "pe_"
IN_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%version'")
COLUMNS = text(
    "SELECT table_name || '.' || column_name, concat_ws(' ', data_type, collation_name, is_nullable)"
    " FROM information_schema.columns WHERE table_schema = :schema AND table_name NOT LIKE '%version'"
)
INDEXES = text(
    "SELECT indexname, replace(indexdef, schemaname || '.', '') FROM pg_indexes"
    " WHERE schemaname = :schema AND tablename NOT LIKE '%version'"
)


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Generator[Engine]:
    """A new SQLite file."""
    engine = make_engine(f"sqlite:///{tmp_path}/new.db")
    yield engine
    engine.dispose()


@pytest.fixture
def database(postgres_url: str) -> Generator[Engine]:
    """A PostgreSQL database with two empty schemas, `one` and `two`."""
    engine = make_engine(postgres_url)
    with engine.begin() as connection:
        for schema in ("one", "two"):
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield engine
    engine.dispose()


def in_sqlite(engine: Engine) -> dict[str, str]:
    """Return what made each column and index, in one spelling."""
    with engine.connect() as connection:
        made = {name: re.sub(r"[\s\"]+", " ", sql) for name, sql in connection.execute(IN_SQLITE)}
    parts = [(name, part.strip()) for name, sql in made.items() for part in re.split(r"[,(] ", sql)]
    return {f"{name}.{part.split(' ')[0]}": part for name, part in parts}


def in_postgres(engine: Engine, schema: str) -> dict[str, str]:
    """Return a description of each column and index."""
    with engine.connect() as connection:
        found = [
            *connection.execute(COLUMNS, {"schema": schema}),
            *connection.execute(INDEXES, {"schema": schema}),
        ]
    return {name: description for name, description in found}


def test_sqlite_after_migrating_is_what_the_dataclasses_ask_for(sqlite_file: Engine, tmp_path: Path) -> None:
    wanted = make_engine(f"sqlite:///{tmp_path}/wanted.db")
    Tables(PREFIX).metadata.create_all(wanted)

    migrate(sqlite_file, prefix=PREFIX)

    assert in_sqlite(sqlite_file) == in_sqlite(wanted), (
        "a dataclass was changed: change the newest revision too"
    )
    wanted.dispose()


def test_postgresql_after_migrating_is_what_the_dataclasses_ask_for(database: Engine) -> None:
    Tables(PREFIX, "one").metadata.create_all(database)

    migrate(database, prefix=PREFIX, schema="two")

    wanted = in_postgres(database, "one")
    assert in_postgres(database, "two") == wanted, "a dataclass was changed: change the newest revision too"
    assert len(wanted) > 100


def test_all_tables_go_and_come_again_in_sqlite(sqlite_file: Engine) -> None:
    migrate(sqlite_file)
    before = in_sqlite(sqlite_file)

    migrate(sqlite_file, to="base")
    assert in_sqlite(sqlite_file) == {}
    assert not is_current(sqlite_file)

    migrate(sqlite_file)
    assert in_sqlite(sqlite_file) == before
    assert is_current(sqlite_file)


def test_all_tables_go_and_come_again_in_postgresql(database: Engine) -> None:
    migrate(database, prefix=PREFIX, schema="one")
    before = in_postgres(database, "one")

    migrate(database, prefix=PREFIX, schema="one", to="base")
    assert in_postgres(database, "one") == {}

    migrate(database, prefix=PREFIX, schema="one")
    assert in_postgres(database, "one") == before
    assert is_current(database, prefix=PREFIX, schema="one")


def test_migrating_twice_changes_nothing(sqlite_file: Engine) -> None:
    migrate(sqlite_file)
    with SqlStore(sqlite_file).transaction() as tx:
        tx.add(full(Tenant))

    migrate(sqlite_file)

    with SqlStore(sqlite_file).transaction() as tx:
        assert tx.count(Tenant, {}) == 1


@pytest.mark.parametrize("name", ["sqlite_file", "database"])
def test_processes_that_migrate_at_once_take_turns(name: str, request: pytest.FixtureRequest) -> None:
    engine = request.getfixturevalue(name)
    schema = "one" if name == "database" else None

    with ThreadPoolExecutor(3) as threads:
        runs = [threads.submit(migrate, engine, prefix=PREFIX, schema=schema) for _ in range(3)]

    assert [run.exception() for run in runs] == [None, None, None]
    assert is_current(engine, prefix=PREFIX, schema=schema)


def test_everything_of_ours_bears_the_prefix(sqlite_file: Engine) -> None:
    migrate(sqlite_file, prefix=PREFIX)

    tables = inspect(sqlite_file).get_table_names()

    assert "pe_postengine_version" in tables
    assert all(name.startswith(PREFIX) for name in tables)


def test_a_store_works_under_its_prefix_and_in_its_schema(database: Engine, postgres_url: str) -> None:
    migrate(database, prefix=PREFIX, schema="two")
    store = open_store(postgres_url, prefix=PREFIX, schema="two")
    row = full(Tenant)

    with store.transaction() as tx:
        tx.add(row)
        assert tx.find(Tenant, {"name": row.name}, lock=True) == [row]

    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM two.pe_tenants")).scalar_one() == 1
    store.engine.dispose()


def test_the_exported_sql_of_sqlite_makes_a_database_that_is_current(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new.db")
    script = ddl("sqlite")

    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        connection.rollback()
        driver.executescript(script)

    assert is_current(engine)
    engine.dispose()


def test_the_exported_sql_of_postgresql_makes_a_database_that_is_current(database: Engine) -> None:
    script = ddl("postgresql", prefix=PREFIX, schema="one").replace("BEGIN;", "").replace("COMMIT;", "")

    with database.begin() as connection:
        connection.exec_driver_sql(script.replace("%", "%%"))

    assert is_current(database, prefix=PREFIX, schema="one")


def test_a_database_that_was_never_migrated_says_what_to_do(sqlite_file: Engine, database: Engine) -> None:
    for store in (SqlStore(sqlite_file), SqlStore(database, schema="one")):
        with store.transaction() as tx, pytest.raises(StoreOutdated, match="run the migrations"):
            tx.count(Tenant, {})


@pytest.mark.parametrize("name", ["sqlite_file", "database"])
def test_an_account_from_before_gets_its_checkup(name: str, request: pytest.FixtureRequest) -> None:
    engine = request.getfixturevalue(name)
    schema = "one" if name == "database" else None
    accounts = f"{schema}.{PREFIX}accounts" if schema else f"{PREFIX}accounts"
    migrate(engine, prefix=PREFIX, schema=schema, to="0001")
    with engine.begin() as connection:
        columns = "id, base_url, api_key, budget_limit, budget_used, skew_s, created_at"
        values = "'acc', 'https://p.test', 'k', 30, 0, 0.0, '2026-12-01 09:00:00+00:00'"
        connection.execute(text(f"INSERT INTO {accounts} ({columns}) VALUES ({values})"))  # noqa: S608 - the names are ours

    migrate(engine, prefix=PREFIX, schema=schema)

    with SqlStore(engine, prefix=PREFIX, schema=schema).transaction() as tx:
        (checkup,) = tx.find(Checkup, {})
    assert (checkup.id, checkup.tenant_id, checkup.next_step) == ("acc", "acc", None)
    assert (checkup.fingerprints, checkup.broken, checkup.absent, checkup.taken) == ({}, (), (), False)


@pytest.mark.parametrize("name", ["sqlite_file", "database"])
def test_a_tenant_and_an_agent_from_before_require_and_say_nothing_new(
    name: str, request: pytest.FixtureRequest
) -> None:
    engine = request.getfixturevalue(name)
    schema = "one" if name == "database" else None
    place = f"{schema}.{PREFIX}" if schema else PREFIX
    at = "'2026-12-01 09:00:00+00:00'"
    brand = """'{"primary": "#111111", "accent": "#222222", "logo_asset_id": "asset_1"}'"""
    facts = """'{"title": "Flat", "price": "€ 1", "address": "Rua do Sol", "area": "112 m²"}'"""
    migrate(engine, prefix=PREFIX, schema=schema, to="0002")
    with engine.begin() as connection:
        for statement in (
            "tenants (id, external_id, name, zone, brand, legal, created_at)"
            f" VALUES ('t', 'harbour', 'Harbour', 'UTC', {brand}, 'AMI 123', {at})",
            "agents (id, tenant_id, external_id, name, phone, email, created_at)"
            f" VALUES ('a', 't', 'ana', 'Ana', '', '', {at})",
            "listings (id, tenant_id, external_id, status, facts, photo_ids, rev, created_at, updated_at)"
            f" VALUES ('l', 't', 'flat', 'active', {facts}, '[]', 1, {at}, {at})",
        ):
            connection.exec_driver_sql(f"INSERT INTO {place}{statement}")

    migrate(engine, prefix=PREFIX, schema=schema)

    with SqlStore(engine, prefix=PREFIX, schema=schema).transaction() as tx:
        (tenant,), (agent,), (listing,) = tx.find(Tenant, {}), tx.find(Agent, {}), tx.find(Listing, {})
    assert (tenant.required, tenant.locale, tenant.legal_lines) == (None, None, ("AMI 123",))
    assert tenant.brand == Brand(primary="#111111", accent="#222222", logo_asset_id="asset_1")
    assert (agent.role, agent.licence, agent.photo_asset_id, agent.greeting) == (None,) * 4
    assert listing.facts == Facts(title="Flat", price="€ 1", address="Rua do Sol", area="112 m²")


@pytest.mark.parametrize("name", ["sqlite_file", "database"])
def test_a_step_back_keeps_what_the_version_before_knows(name: str, request: pytest.FixtureRequest) -> None:
    engine = request.getfixturevalue(name)
    schema = "one" if name == "database" else None
    migrate(engine, prefix=PREFIX, schema=schema)
    row = minimal(Tenant, required=(Required.PRICE,), locale="de-DE", legal="AMI 123")
    with SqlStore(engine, prefix=PREFIX, schema=schema).transaction() as tx:
        tx.add(row)

    migrate(engine, prefix=PREFIX, schema=schema, to="0002")
    assert not is_current(engine, prefix=PREFIX, schema=schema)
    migrate(engine, prefix=PREFIX, schema=schema)

    with SqlStore(engine, prefix=PREFIX, schema=schema).transaction() as tx:
        assert tx.find(Tenant, {}) == [replace(row, required=None, locale=None)]
