"""A street is found however it is written."""

from __future__ import annotations

import pytest

from postengine.engine.ledger.streets import plain, street_pattern


def names(text: str, address: str) -> bool:
    return street_pattern(address).search(plain(text)) is not None


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("Hafenstraße 12", "In der Hafenstr. 12"),
        ("Hafenstr. 12", "Die Hafenstraße ist ruhig"),
        ("Hafenstraße 12", "Hafen-Straße"),
        ("Hafenstraße 12a, Hamburg", "hh.test/hafenstrasse12a"),
        ("Lange Straße 3", "#LangeStr"),
        ("Müllerweg 4", "MUELLERWEG"),
        ("Müllerweg 4", "Mullerweg"),
        ("Rua do Farol 7", "R. do Farol"),
        ("Avenida da Liberdade 100", "Av. da Liberdade"),
        ("Calle de Alcalá 45", "C/ de Alcala"),
        ("Rue de l'Église 4", "rue de l eglise"),
        ("12 Main Street", "off Main St."),
        ("5th Avenue 12", "5th Ave"),
        ("丸の内1丁目", "この家は丸の内1丁目にあります"),
        ("ถนนสุขุมวิท 21", "บ้านบนถนนสุขุมวิทสวยมาก"),
    ],
)
def test_a_street_is_found_in_any_of_its_spellings(address: str, text: str) -> None:
    assert names(text, address)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("5th Avenue 12", "A flat on the avenue"),
        ("Lange Straße 3", "Eine lange Wohnung"),
        ("Main Street 1", "Near the main station"),
        ("Am Park 3", "Wohnung am Parkplatz"),
        ("Weg 3", "Der Weg ist kurz, nur 30 m: Weg 31"),
        ("A 5", "A flat, A 52"),
    ],
)
def test_other_words_are_not_taken_for_it(address: str, text: str) -> None:
    assert not names(text, address)
