from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postengine.render.image.fonts.characters import (
    is_ornament,
    kind_of,
    main_script,
    needs_glyph,
    scripts_of,
    without_noise,
)


@pytest.mark.parametrize(
    "character", [" ", "\n", "\u00a0", "\u3000", "\u200d", "\u2068", "\ufe0f", "\u00ad", "\ufeff"]
)
def test_what_shows_nothing_needs_no_glyph(character: str) -> None:
    assert not needs_glyph(character)


@pytest.mark.parametrize("character", ["a", "\u0301", "\x07", "\u1160", "\ufff9", "\ud800", "\U0010ffff"])
def test_what_would_show_a_box_needs_one(character: str) -> None:
    assert needs_glyph(character)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Villa Marina", "Villa Marina"),
        ("Villa\x00 \x07Marina\x9f", "Villa Marina"),
        ("two\nlines\tand\x85three", "two\nlines\tand\x85three"),
        ("\u202eanivoN alliV\u202c", "anivoN alliV\u202c"),
        ("\u2066+351 210\u2069", "\u2066+351 210\u2069"),
        ("Ho\u0300\u0301\u0302\u0303\u0304\u0305\u0306tel", "Ho\u0300\u0301\u0302\u0303tel"),
        ("Nguyễn", "Nguyễn"),
    ],
)
def test_noise_goes_and_the_text_stays(text: str, left: str) -> None:
    assert without_noise(text) == left


@given(st.text())
def test_noise_taken_out_twice_is_taken_out_once(text: str) -> None:
    once = without_noise(text)

    assert without_noise(once) == once


@pytest.mark.parametrize("character", ["🏡", "🏽", "\u20e3", "\uf8ff", "✦"])
def test_a_text_may_lose_its_ornaments(character: str) -> None:
    assert is_ornament(character)


@pytest.mark.parametrize("character", ["a", "5", "!", "東", "\u0301", "€", "\ud800"])
def test_a_text_may_not_lose_its_letters(character: str) -> None:
    assert not is_ornament(character)


def test_a_sign_that_several_scripts_share_belongs_to_them_all() -> None:
    assert scripts_of("ー") == ("Hira", "Kana")
    assert scripts_of("5") == ()


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Villa λ", "Latn"),
        ("Βίλλ λ a", "Grek"),
        ("5 + 3", None),
        ("", None),
        ("aλ", "Latn"),
        ("東京タワー", "Kana"),
    ],
)
def test_a_text_is_of_the_script_of_most_of_its_letters(text: str, script: str | None) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("ش", "Arabic"),
        ("東", "Han"),
        ("가", "Hangul"),
        ("🏡", "emoji and symbols"),
        ("\x07", "control characters"),
        ("\ud800", "lone surrogates"),
        ("\uffff", "unassigned characters"),
        ("\uf8ff", "private use"),
    ],
)
def test_a_kind_is_what_a_person_would_call_it(character: str, kind: str) -> None:
    assert kind_of(character) == kind
