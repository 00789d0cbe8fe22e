"""The page on templates names everything that a file may use, and its samples are templates."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Listing
from postengine.render.templates.parts.icons import IconName
from postengine.render.templates.user import FILTERS, NAMES, PARTS, TemplateFolder

from .conftest import EXAMPLES, MakeSheet, Write

PAGE = (Path(__file__).parents[4] / "docs" / "templates.md").read_text(encoding="utf-8")
SAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


def test_every_name_and_filter_has_its_row() -> None:
    rows = set(re.findall(r"^\| `([a-z_.]+)` \| (\S+) \| (.+) \|$", PAGE, re.MULTILINE))

    names = {(path, name.kind, name.about) for path, name in NAMES.items() if not path.startswith("words.")}
    filters = {(name, one.takes, f"{one.gives} | {one.about}") for name, one in FILTERS.items()}
    assert rows == names | filters


@pytest.mark.parametrize(
    "name", [*(path for path in NAMES if path.startswith("words.")), *PARTS, *get_args(IconName)]
)
def test_every_word_part_and_icon_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_first_template_can_be_drawn(write: Write, tmp_path: Path, make_sheet: MakeSheet) -> None:
    write("plain.json", SAMPLES[0])
    folder = TemplateFolder(tmp_path)

    assert folder.about("plain") == "A photo, and a sentence on it."
    assert folder.template("plain")(make_sheet("story", photos=["a"])).children


def test_the_sample_of_a_list_is_a_node(write: Write, tmp_path: Path, make_sheet: MakeSheet) -> None:
    write("list.json", {"children": [json.loads(SAMPLES[1])]})

    tree = TemplateFolder(tmp_path).template("list")(make_sheet(features=["a", "b"]))

    assert len(tree.children) == 2


@pytest.mark.parametrize("model", [Listing, Brand])
def test_the_sample_files_have_every_field(model: type[Listing] | type[Brand]) -> None:
    content = (EXAMPLES / "sample" / f"{model.__name__.lower()}.json").read_text(encoding="utf-8")

    read = model.model_validate_json(content)

    assert list(json.loads(content)) == list(model.model_fields)
    assert read


@pytest.mark.parametrize("part", ["price", "address", "area", "visit", "agent", "testimonial", "market"])
def test_every_part_of_the_sample_listing_has_every_field(part: str) -> None:
    content = json.loads((EXAMPLES / "sample" / "listing.json").read_text(encoding="utf-8"))

    read = getattr(Listing.model_validate(content), part)

    assert set(content[part]) == set(type(read).model_fields)
