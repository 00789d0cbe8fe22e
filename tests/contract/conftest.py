"""One suite over every store, and over every dispatcher."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from postengine.adapters.stores.memory import MemoryStore
from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.clock import SystemClock
from postengine.engine.ports import Store


@pytest.fixture(scope="session")
def postgres_engine(postgres_url: str) -> Generator[Engine]:
    """A migrated PostgreSQL database."""
    engine = make_engine(postgres_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to be copied."""
    file = tmp_path_factory.mktemp("template") / "store.db"
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture
def postgres_store(postgres_engine: Engine) -> SqlStore:
    """An empty store in PostgreSQL."""
    store = SqlStore(postgres_engine)
    with postgres_engine.begin() as connection:
        for table in store.tables.metadata.sorted_tables:
            connection.execute(table.delete())
    return store


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Generator[SqlStore]:
    """An empty store in an SQLite file."""
    file = tmp_path / "store.db"
    shutil.copy(sqlite_template, file)
    store = SqlStore(make_engine(f"sqlite:///{file}"))
    yield store
    store.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_store(request: pytest.FixtureRequest) -> SqlStore:
    """An empty store in either database."""
    name = {"sqlite": "sqlite_store", "postgresql": "postgres_store"}[request.param]
    store = request.getfixturevalue(name)
    assert isinstance(store, SqlStore)
    return store


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind."""
    if request.param == "memory":
        return MemoryStore(SystemClock())
    name = {"sqlite": "sqlite_store", "postgresql": "postgres_store"}[request.param]
    found = request.getfixturevalue(name)
    assert isinstance(found, SqlStore)
    return found
