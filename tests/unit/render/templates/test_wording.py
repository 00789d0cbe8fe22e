"""Numbers, dates and the templates' own words, as each locale writes them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from postengine.render.templates.listing import Address, Area, Listing, Money, Visit
from postengine.render.templates.wording import Wording, wording_for


def _in(locale: str) -> Wording:
    return wording_for(Listing(title="Villa", locale=locale))


@pytest.mark.parametrize(
    ("locale", "currency", "written"),
    [
        ("en-GB", "GBP", "£485,000"),
        ("de-DE", "EUR", "485.000\u00a0€"),
        ("fr-FR", "EUR", "485\u202f000\u00a0€"),
        ("hi-IN", "INR", "₹4,85,000"),
        ("ja-JP", "JPY", "¥485,000"),
    ],
)
def test_an_amount_is_written_as_its_locale_does(locale: str, currency: str, written: str) -> None:
    assert _in(locale).money(Money(amount=Decimal(485_000), currency=currency)) == written


def test_cents_and_rents_are_written_where_there_are_some() -> None:
    wording = _in("de-DE")

    assert wording.money(Money(amount=Decimal("1450.50"), currency="EUR")) == "1.450,50\u00a0€"
    assert wording.money(Money(amount=Decimal(1450), currency="EUR", per="month")) == "1.450\u00a0€ pro Monat"
    assert wording.money("Preis auf Anfrage") == "Preis auf Anfrage"


def test_areas_are_written_with_their_unit() -> None:
    assert _in("de-DE").area(Area(value=112.54)) == "112,5\u00a0m²"
    assert _in("en-US").area(Area(value=1200, unit="ft2")) == "1,200\u00a0sq\u00a0ft"
    assert _in("ar-AE").area(Area(value=112)) == "112\u00a0م²"
    assert _in("en-GB").area("2 acres") == "2 acres"


@pytest.mark.parametrize(
    ("display", "shown"),
    [("full", "Hafenstraße 12, Altona"), ("street", "Hafenstraße 12"), ("area", "Altona"), ("none", "")],
)
def test_an_address_shows_what_is_public(display: str, shown: str) -> None:
    address = Address.model_validate({"street": "Hafenstraße 12", "area": "Altona", "display": display})

    assert _in("de-DE").address(address) == shown


def test_an_address_may_be_a_text_or_none() -> None:
    assert _in("ar-AE").address("شارع 1, دبي") == "شارع 1، دبي"
    assert _in("en-GB").address(None) == ""


def test_a_visit_is_told_as_a_day_and_its_hours() -> None:
    visit = Visit(starts_at=datetime(2026, 11, 28, 14), ends_at=datetime(2026, 11, 28, 16))  # noqa: DTZ001 - local
    wording = _in("de-DE")

    assert (wording.weekday(visit), wording.day_of_month(visit), wording.month(visit)) == (
        "Samstag",
        "28",
        "November",
    )
    assert wording.hours(visit) == "14:00 \u2013 16:00"
    assert wording.hours(visit.model_copy(update={"ends_at": None})) == "14:00"


@pytest.mark.parametrize(("percent", "written"), [(3.4, "+3.4%"), (-12.0, "\u221212%"), (0.0, "±0%")])
def test_a_change_carries_its_sign(percent: float, written: str) -> None:
    assert _in("en-GB").change(percent) == written


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("en-US", "Saturday, November 28"),
        ("en-GB", "Saturday 28 November"),
        ("it-IT", "sabato 28 novembre"),
        ("ja-JP", "11月28日(土曜日)"),
    ],
)
def test_a_day_is_written_in_its_locales_order(locale: str, day: str) -> None:
    assert _in(locale).day(Visit(starts_at=datetime(2026, 11, 28, 14))) == day  # noqa: DTZ001 - local


def test_an_unknown_locale_writes_as_english_does() -> None:
    wording = _in("xx-YY")

    assert wording.term("sold") == "Sold"
    assert wording.number(2.5) == "2.5"
    assert not wording.is_right_to_left


def test_a_language_without_words_of_its_own_takes_the_english_ones() -> None:
    assert _in("fi-FI").term("open_house") == "Open house"
    assert _in("he-IL").is_right_to_left


def test_months_are_the_languages_own_whatever_was_written_before() -> None:
    visit = Visit(starts_at=datetime(2026, 11, 28, 14))  # noqa: DTZ001 - as the sign at the door says it

    months = [
        wording_for(Listing(title="Haus", locale=tag)).month(visit) for tag in ("ja-JP", "de-DE", "th-TH")
    ]

    assert months == ["11月", "November", "พฤศจิกายน"]
