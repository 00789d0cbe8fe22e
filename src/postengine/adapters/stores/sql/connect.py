"""Engines for SQLite and PostgreSQL, set up as the store needs them."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine, make_url

from .postgres import tune_postgres
from .sqlite import tune_sqlite
from .store import SqlStore


def make_engine(url: str, *, pool_size: int = 10) -> Engine:
    """Return an engine for `sqlite:///file.db` or `postgresql://user:password@host/database`.

    Args:
        url: Of SQLAlchemy's form. PostgreSQL is reached through psycopg, whether or not the URL says so.
        pool_size: Connections kept open (PostgreSQL); at least one for each thread.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed)
        tune_sqlite(engine)
        return engine
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg", query={"connect_timeout": "10", **parsed.query}),
        pool_size=pool_size,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
    )
    tune_postgres(engine)
    return engine


def open_store(url: str, *, prefix: str = "", schema: str | None = None) -> SqlStore:
    """Return a store in the database at `url`; its tables are made by `migrate`."""
    return SqlStore(make_engine(url), prefix=prefix, schema=schema)
