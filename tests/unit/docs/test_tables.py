"""The tables in the pages say what the code says."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from examples.demo.listings import Listings
from postengine.agent.api import PREFIX, ROUTES

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tables", DOCS / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_up_to_date(tables: ModuleType) -> None:
    pages = {page: page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md")}

    outdated = [page.name for page, text in pages.items() if tables.filled(text) != text]

    assert outdated == [], "run: .venv/bin/python docs/tables.py"


def test_every_table_is_shown_and_filled(tables: ModuleType) -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))

    assert sorted(re.findall(r"<!-- table: ([a-z-]+) -->", text)) == sorted(tables.TABLES)


@pytest.mark.parametrize("name", ["settings", "timings", "listings"])
def test_no_row_lacks_its_meaning(tables: ModuleType, name: str) -> None:
    assert not re.findall(r"^\|.*\|  \|$", tables.TABLES[name](), re.MULTILINE)


def test_the_page_of_the_agent_api_has_every_endpoint() -> None:
    page = (DOCS / "agent-api.md").read_text(encoding="utf-8")

    shown = re.findall(r"^\| `([A-Z]+ /agent/v1/[^`]+)` \|", page, re.MULTILINE)

    assert sorted(shown) == sorted(f"{route.method} {PREFIX}{route.path}" for route in ROUTES)


def test_the_sample_of_the_listings_page_is_a_listings_file() -> None:
    page = (DOCS / "listings.md").read_text(encoding="utf-8")
    (sample,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)

    listings = Listings.model_validate(json.loads(sample))

    assert listings.photos == ["villa-day.jpg"]
