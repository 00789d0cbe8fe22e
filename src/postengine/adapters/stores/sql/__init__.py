"""The store in SQLite or PostgreSQL: one schema, SQLAlchemy Core."""

from __future__ import annotations

from .backup import backup as backup
from .connect import make_engine as make_engine
from .connect import open_store as open_store
from .migrate import ddl as ddl
from .migrate import is_current as is_current
from .migrate import migrate as migrate
from .postgres import tune_postgres as tune_postgres
from .sqlite import tune_sqlite as tune_sqlite
from .store import SqlStore as SqlStore

__all__ = [
    "SqlStore",
    "backup",
    "ddl",
    "is_current",
    "make_engine",
    "migrate",
    "open_store",
    "tune_postgres",
    "tune_sqlite",
]
