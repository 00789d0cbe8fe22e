"""The agency that every test of the agent API starts from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.agent.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    for http in house.phones:
        http.close()


@pytest.fixture
def token(house: House) -> str:
    """The token of a phone that was just paired."""
    return house.token()


@pytest.fixture
def task(house: House, token: str) -> str:
    """A task that the phone knows of."""
    task = house.plan()
    house.ask("GET", "tasks", token=token)
    return task
