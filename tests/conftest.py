"""What every test may use: real servers, started from wheels by the tests themselves."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def postgres_url(shared_folder: Path) -> Generator[str]:
    """An empty database of this worker's own, on a server that all workers share; the last one removes it."""
    from tests.servers import new_database  # unit tests do without the servers' packages

    with new_database(shared_folder / "pg", os.environ.get("PYTEST_XDIST_WORKER", "main")) as url:
        yield url


@pytest.fixture(scope="session")
def valkey_url() -> Generator[str]:
    """A Valkey server of this worker's own."""
    from tests.servers import new_valkey  # unit tests do without the servers' packages

    with new_valkey() as url:
        yield url
