"""Listings, sheets and a folder of templates for the tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Listing
from postengine.render.templates.pages import ShapeName, page_for
from postengine.render.templates.parts import Sheet

EXAMPLES = Path(__file__).parents[4] / "examples" / "templates"

MakeSheet = Callable[..., Sheet]
Write = Callable[..., Path]


@pytest.fixture
def make_sheet() -> MakeSheet:
    """Make a sheet of a listing with these fields."""

    def make(shape: ShapeName = "square", **fields: object) -> Sheet:
        listing = Listing.model_validate({"title": "A home by the harbour"} | fields)
        return Sheet.for_page(listing, Brand(name="Harbour & Hill", legal=("AMI 12345",)), page_for(shape))

    return make


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a template's file: text as it is, anything else as JSON."""

    def written(name: str, content: object) -> Path:
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return file

    return written
