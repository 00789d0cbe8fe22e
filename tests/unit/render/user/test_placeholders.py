"""Placeholders: names and filters, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postengine.render.templates.user.placeholders import (
    Placeholder,
    PlaceholderInvalid,
    Scope,
    check_string,
    fill,
    pieces_of,
)

from .conftest import MakeSheet


def test_a_string_parts_into_words_and_placeholders() -> None:
    pieces = pieces_of("for {{ listing.price | money }} only")

    assert pieces == ("for ", Placeholder("listing.price", ("money",)), " only")


@pytest.mark.parametrize(
    "text",
    [
        "{{",
        "}}",
        "{{listing.title",
        "{{}}",
        "{{listing}.title}}",
        "{{listing.title + 1}}",
        "{{listing.title.__class__}}",
        "{{listing['title']}}",
        "{{listing.title()}}",
        "{{a|b|c|d|e|f}}",
        "{{" * 50,
        "{{listing.title}}" * 41,
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(PlaceholderInvalid):
        check_string(text, has_item=False)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("{{listing.titel}}", "did you mean listing.title?"),
        ("{{qqq.zzzz}}", "the page on templates lists the names"),
        ("{{listing.price|mony}}", "did you mean money?"),
        ("{{listing.title|money}}", "the filter money is for a money, and listing.title is a text"),
        ("{{listing.features}}", "is a list; repeat the node with each, or write it with |join"),
        ("{{listing.agent}}", 'only says whether there is something; use it in "when"'),
        ("at {{listing.focus}}", "is a point; it can only be the whole value of focus"),
        ("{{item}}", 'is known only inside a node with "each"'),
        ("{{listing.photos.13}}", "there is no name listing.photos.13"),
        ("{{listing.title.1}}", "there is no name listing.title.1"),
    ],
)
def test_the_refusal_says_what_to_do(text: str, remedy: str) -> None:
    with pytest.raises(PlaceholderInvalid) as caught:
        check_string(text, has_item=False)

    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{page.width}}", 1080),
        ("{{page.unit|half}}", 12),
        ("{{page.width|third|double}}", 720),
        ("{{page.margin}}px {{page.top|half}}px", "64px 32px"),
        ("{{listing.focus}}", "smart"),
        ("{{listing.features|count}}", 2),
        ("{{listing.features|join}}", "Balcony · Garage"),
        ("{{listing.features.2}}", "Garage"),
        ("{{listing.bathrooms}}", 2.5),
        ("{{listing.title|upper}}", "A HOME BY THE HARBOUR"),
        ("{{words.sold}}", "Verkauft"),
        ("{{page.name}}", "square"),
        ("{{page.end}}", "right"),
        ("{{listing.old_price}}", None),
        ("{{listing.old_price|money}}", None),
        ("plain", "plain"),
    ],
)
def test_a_value_outside_a_text_is_what_css_reads(make_sheet: MakeSheet, text: str, value: object) -> None:
    sheet = make_sheet(locale="de-DE", bathrooms=2.5, features=["Balcony", "Garage"])

    assert fill(text, Scope(sheet), is_prose=False).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{listing.bathrooms}} Bäder", "2,5 Bäder"),
        ("{{listing.bathrooms|number}}", "2,5"),
        ("{{listing.price|money}}", "Preis auf Anfrage"),
        ("{{listing.area|area}}", "rund 112 m²"),
        ("{{listing.bedrooms}}", "0"),
        ("{{index}}. {{item}}", "2. Garage"),
    ],
)
def test_a_text_is_written_as_the_locale_writes(make_sheet: MakeSheet, text: str, value: str) -> None:
    sheet = make_sheet(
        locale="de-DE", price="Preis auf Anfrage", area="rund 112 m²", bathrooms=2.5, bedrooms=0
    )

    assert fill(text, Scope(sheet, "Garage", 2), is_prose=True).value == value


@pytest.mark.parametrize("is_prose", [True, False])
def test_money_areas_and_visits_are_written_as_the_locale_writes(
    make_sheet: MakeSheet, is_prose: bool
) -> None:
    sheet = make_sheet(
        locale="de-DE",
        price={"amount": 485000, "currency": "EUR", "per": "month"},
        area={"value": 112.5},
        visit={"starts_at": "2026-11-28T14:00"},
    )
    price, area, visit = sheet.listing.price, sheet.listing.area, sheet.listing.visit
    assert price is not None
    assert area is not None
    assert visit is not None

    told = {
        text: fill(text, Scope(sheet), is_prose=is_prose).value
        for text in (
            "{{listing.price}}",
            "{{listing.area}}",
            "{{listing.area|area}}",
            "{{listing.visit}}",
            "{{listing.visit|day}}",
            "{{listing.visit|hours}}",
        )
    }

    day, hours = sheet.wording.day(visit), sheet.wording.hours(visit)
    assert told == {
        "{{listing.price}}": sheet.wording.money(price),
        "{{listing.area}}": sheet.wording.area(area),
        "{{listing.area|area}}": sheet.wording.area(area),
        "{{listing.visit}}": f"{day}, {hours}",
        "{{listing.visit|day}}": day,
        "{{listing.visit|hours}}": hours,
    }


def test_a_point_of_the_listing_stays_a_point(make_sheet: MakeSheet) -> None:
    sheet = make_sheet(focus=[0.2, 0.4])

    assert fill("{{listing.focus}}", Scope(sheet), is_prose=False).value == (0.2, 0.4)


def test_what_is_filled_in_is_not_looked_through_again(make_sheet: MakeSheet) -> None:
    sheet = make_sheet(title="{{brand.name}} and {{no.name}}")

    assert fill("{{listing.title}}", Scope(sheet), is_prose=True).value == "{{brand.name}} and {{no.name}}"


def test_what_is_missing_is_told(make_sheet: MakeSheet) -> None:
    filled = fill("{{listing.title}} {{listing.price}}", Scope(make_sheet()), is_prose=True)

    assert filled.missing == ("listing.price",)
    assert not filled.is_all_missing


@given(st.text(alphabet=st.sampled_from("{}|. \n_aéz9listing.title\u202e\x00"), max_size=60))
def test_any_string_is_either_read_or_refused(text: str) -> None:
    try:
        pieces = pieces_of(text)
    except PlaceholderInvalid:
        pieces = ()

    assert all(
        isinstance(piece, Placeholder) or ("{{" not in piece and "}}" not in piece) for piece in pieces
    )
