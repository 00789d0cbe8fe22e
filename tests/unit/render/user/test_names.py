"""The names of a template file cover what there is to say, and each can be read."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Agent, Listing, MarketFigure
from postengine.render.templates.listing import Testimonial as Said
from postengine.render.templates.pages import SHAPES
from postengine.render.templates.user import NAMES
from postengine.render.templates.user.filters import FILTERS, written
from postengine.render.templates.user.names import Kind, name_of
from postengine.render.templates.user.placeholders import is_empty
from postengine.render.templates.user.trial import bare_sheet, full_sheet

OTHERWISE = {
    "listing.market.change_percent": "listing.market.change",
    "listing.market.series": "listing.market",  # a chart is drawn by the built-in template
}


@pytest.mark.parametrize(
    ("prefix", "model"),
    [
        ("listing", Listing),
        ("listing.agent", Agent),
        ("listing.testimonial", Said),
        ("listing.market", MarketFigure),
        ("brand", Brand),
    ],
)
def test_every_field_has_a_name(prefix: str, model: type[BaseModel]) -> None:
    fields = [f"{prefix}.{field}" for field in model.model_fields]

    assert [field for field in fields if OTHERWISE.get(field, field) not in NAMES] == []


@pytest.mark.parametrize("path", NAMES)
def test_a_name_reads_a_value_of_its_kind(path: str) -> None:
    kinds: dict[Kind, type | tuple[type, ...]] = {
        "text": str,
        "number": (int, float),
        "flag": bool,
        "list": tuple,
        "point": (str, tuple),
    }
    name = NAMES[path]

    value = name.value(full_sheet("story"))

    assert isinstance(value, kinds.get(name.kind, object))
    assert name.kind == "flag" or not is_empty(value)


@pytest.mark.parametrize("path", NAMES)
def test_a_name_that_reads_nothing_is_empty(path: str) -> None:
    for shape in SHAPES:
        value = NAMES[path].value(bare_sheet(shape, ()))

        assert (
            is_empty(value)
            or not path.startswith("listing.")
            or path
            in {
                "listing.title",
                "listing.locale",
                "listing.focus",
            }
        )


@pytest.mark.parametrize(
    "path", ["listing.photos.0", "listing.photos.x", "listing.photos.13", "listing.price.1", "x.1"]
)
def test_only_entries_of_lists_have_numbers(path: str) -> None:
    assert name_of(path) is None


def test_an_entry_that_is_not_there_is_empty() -> None:
    name = name_of("listing.features.12")

    assert name is not None
    assert is_empty(name.value(full_sheet("square")))


def test_a_filter_gives_what_it_says() -> None:
    sheet = full_sheet("square")
    examples = {NAMES[path].kind: NAMES[path].value(sheet) for path in NAMES}

    for one in FILTERS.values():
        result = one.apply(sheet.wording, examples[one.takes])

        assert isinstance(result, str if one.gives == "text" else int | float)


def test_a_list_cannot_be_written_but_a_number_can() -> None:
    assert written(full_sheet("square").wording, "number", 2.5) == "2.5"
