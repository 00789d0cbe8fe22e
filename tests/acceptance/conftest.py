"""Installations for tests, and what their processes said if a test fails."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.installation import Installation

Install = Callable[..., Installation]
_LAST_LINES = 60


@pytest.fixture
def install(tmp_path: Path) -> Generator[Install]:
    """Make installations of a test's own, with the arguments of `Installation`; not started yet."""
    made: list[Installation] = []

    def make(**options: Any) -> Installation:  # noqa: ANN401 - the class's own
        folder = tmp_path / f"installation-{len(made)}"
        folder.mkdir()
        made.append(Installation(folder, **options))
        return made[-1]

    yield make
    for installation in made:
        installation.stop()
        sys.stdout.write(f"--- {installation.folder.name}\n{last_lines(installation.log)}\n")


@pytest.fixture
def installation(install: Install) -> Installation:
    """One installation of a test's own, started."""
    return install().start()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Generator[Installation]:
    """One installation for all tests that break nothing of it; each brings its own agency."""
    installation = Installation(tmp_path_factory.mktemp("shared"))
    try:
        yield installation.start()
    finally:
        installation.stop()


def last_lines(log: str) -> str:
    """Return the end of a log; pytest shows it where a test fails."""
    return "\n".join(log.splitlines()[-_LAST_LINES:])
