"""What every test may use: real servers, started from wheels by the tests themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def new_postgres(shared_folder: Path) -> Generator[Callable[[str], str]]:
    """Make an empty database of this worker's own by its name; return its URL.

    All workers share the server; the last one removes it.
    """
    from tests.servers import postgres_server  # unit tests do without the servers' packages

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with postgres_server(shared_folder / "pg") as new_database:
        yield lambda name: new_database(f"{worker}_{name}")


@pytest.fixture(scope="session")
def postgres_url(new_postgres: Callable[[str], str]) -> str:
    """A database of this worker's own, empty at first."""
    return new_postgres("shared")


@pytest.fixture(scope="session")
def valkey_url() -> Generator[str]:
    """A Valkey server of this worker's own."""
    from tests.servers import new_valkey  # unit tests do without the servers' packages

    with new_valkey() as url:
        yield url
