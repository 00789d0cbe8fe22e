from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postengine.render.errors import FontMissing, FontUnknown
from postengine.render.image.fonts import Fallback, FontFace, FontSet, css_families
from tests.unit.render.fonts.squares import face

LATIN = "abcdefghijklmnopqrstuvwxyzABV 0123456789.,"
UNREAD = FontFace("Thai", b"this is opened by nobody")
FONTS = FontSet(
    faces=(
        face("Sans", LATIN),
        face("Serif", LATIN),
        face("Arabic", "شقة،0123"),
        face("Han JP", "直東京"),
        face("Han SC", "直東京东"),
        face("Signs", "★€"),
        UNREAD,
    ),
    fallbacks=(
        Fallback(frozenset({"Arab"}), ("Arabic",)),
        Fallback(frozenset({"Hani"}), ("Han JP", "Han SC", "Han TC")),
        Fallback(frozenset({"Thai"}), ("Thai",)),
    ),
    rest=("Signs",),
    generic=(("sans-serif", "Sans"), ("monospace", "Not There")),
    remedies=(("Hang", "install more"),),
)

READ = replace(FONTS, faces=tuple(face for face in FONTS.faces if face is not UNREAD))


def chain(text: str, family: str = "Sans", fonts: FontSet = FONTS, lang: str | None = None) -> list[str]:
    return [face.family for face in fonts.chain_for(text, family, lang=lang)]


def missing_and_chain(text: str) -> tuple[str, tuple[FontFace, ...]]:
    try:
        return "", READ.chain_for(text, "Sans")
    except FontMissing as missing:
        return missing.text, ()


def test_a_latin_text_opens_its_own_family_alone() -> None:
    assert chain("Villa 14") == ["Sans"]


def test_a_script_brings_its_family_and_digits_stay_in_the_first() -> None:
    assert chain("شقة، 3 Villa") == ["Sans", "Arabic"]


def test_common_signs_come_from_the_scripts_of_the_text() -> None:
    assert chain("Villa € شقة") == ["Sans", "Signs", "Arabic"]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [(None, "Han JP"), ("ja", "Han JP"), ("zh-Hans", "Han SC"), ("zh-CN", "Han SC"), ("zh-TW", "Han JP")],
)
def test_chinese_characters_take_the_forms_of_the_language(lang: str | None, expected: str) -> None:
    assert chain("直", lang=lang) == ["Sans", expected]


def test_a_character_that_the_first_family_lacks_comes_from_the_next() -> None:
    assert chain("東东") == ["Sans", "Han JP", "Han SC"]


def test_ones_own_fonts_step_in_first() -> None:
    fonts = FONTS.with_fonts(face("House", "شقة東"))

    assert chain("شقة 東京", fonts=fonts) == ["Sans", "House", "Han JP"]


def test_ones_own_font_replaces_a_family_of_its_name() -> None:
    own = face("Sans", "ab")

    fonts = FONTS.with_fonts(own)

    assert fonts.face("Sans") is own
    assert fonts.families.count("Sans") == 1


def test_a_set_does_not_change_when_fonts_are_added() -> None:
    before = FONTS.digest

    FONTS.with_fonts(face("House", "ab"))

    assert FONTS.digest == before
    assert "House" not in FONTS.families


def test_a_family_that_lacks_letters_of_a_text_stands_back_for_all_of_it() -> None:
    fonts = FontSet((face("Few", "abcλ1"), face("Most", "abcλβ1"), face("All", "λβδ")), rest=("Most", "All"))

    assert chain("λβ1", "Few", fonts) == ["Most", "Few"]
    assert chain("λδ1", "Few", fonts) == ["All", "Few"]
    assert chain("abβ1", "Few", fonts) == ["Few", "Most"]
    assert chain("λλ\u2603", "Few", fonts.with_fonts(face("Signs", "\u2603"))) == ["Few", "Signs"]


def test_a_family_does_not_stand_back_for_one_that_lacks_letters_too() -> None:
    fonts = FontSet((face("Few", "λ"), face("Other", "β"), face("Third", "δ")), rest=("Other", "Third"))

    assert chain("λβδ", "Few", fonts) == ["Few", "Other", "Third"]


def test_a_leading_fallback_sets_the_whole_text() -> None:
    fonts = FontSet(
        (face("Sans", "a1"), face("Greek", "λβ")), (), (Fallback(frozenset({"Grek"}), ("Greek",), True),)
    )

    assert chain("λβ1", "Sans", fonts) == ["Greek", "Sans"]
    assert chain("aaaβ", "Sans", fonts) == ["Sans", "Greek"]


def test_spaces_that_do_not_break_stay_when_ornaments_go() -> None:
    assert FONTS.drawable("🏡 1\u202f250\u00a0a  b", "Sans") == "1\u202f250\u00a0a b"


def test_letters_that_no_font_has_are_named_with_their_script() -> None:
    with pytest.raises(FontMissing, match="install more, or hand over") as caught:
        chain("Villa 가나가 ж")

    assert caught.value.text == "가나ж"
    assert caught.value.characters == "가나ж"
    assert caught.value.script == "Hangul, Cyrillic"


def test_a_font_without_a_remedy_is_to_be_handed_over() -> None:
    with pytest.raises(FontMissing, match=r"\(Cyrillic\), found none; hand over a font"):
        chain("ж")


@pytest.mark.parametrize("text", ["\ud800", "\x07", "\uffff", "\uf8ff"])
def test_what_is_no_character_is_missing_and_no_crash(text: str) -> None:
    with pytest.raises(FontMissing) as caught:
        chain(text)

    assert caught.value.text == text


def test_invisible_characters_are_never_missing() -> None:
    assert chain("a\u2066b\u2069\u200d\ufe0f\u00ad\u202f\u3000c") == ["Sans"]


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("Sans", ("Sans",)),
        ('"sans"', ("Sans",)),
        ("'Helvetica', Serif, sans-serif", ("Serif", "Sans")),
        ("Sans, sans-serif", ("Sans",)),
    ],
)
def test_a_styles_list_of_families_is_read_as_in_css(css: str, names: tuple[str, ...]) -> None:
    assert FONTS.family_names(css) == names


@pytest.mark.parametrize("css", ["Helvetica", "", "monospace", "Helvetica, Arial"])
def test_an_unknown_family_is_an_error_that_lists_the_known(css: str) -> None:
    with pytest.raises(FontUnknown, match="Sans, Serif") as caught:
        chain("a", css)

    assert caught.value.family == css
    assert "Arabic" in caught.value.known


def test_a_face_of_an_unknown_family_is_an_error() -> None:
    with pytest.raises(FontUnknown, match="none"):
        FontSet(()).face("Sans")


@pytest.mark.parametrize(
    ("weight", "nearest"),
    [
        (100, 200),
        (200, 200),
        (350, 200),
        (399, 200),
        (400, 500),
        (450, 500),
        (500, 500),
        (550, 700),
        (800, 700),
    ],
)
def test_the_nearest_weight_is_found_as_in_css(weight: int, nearest: int) -> None:
    fonts = FontSet(tuple(face("Sans", weight=w) for w in (700, 500, 200)))

    assert fonts.face("Sans", weight=weight).weights == (nearest, nearest)


def test_a_regular_looks_at_lighter_weights_before_bold_ones() -> None:
    fonts = FontSet(tuple(face("Sans", weight=w) for w in (600, 300)))

    assert fonts.face("Sans", weight=400).weights == (300, 300)


def test_slant_counts_more_than_weight_and_a_variable_font_has_all() -> None:
    fonts = FontSet((face("Sans", weights=(100, 900)), face("Sans", weight=900, italic=True)))

    assert fonts.face("Sans", weight=400, italic=True).italic
    assert fonts.face("Sans", weight=400).weights == (100, 900)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("🏡 New home 👍🏽", "New home"),
        ("👨\u200d👩\u200d👧 family \u2764\ufe0f 1\ufe0f\u20e3", "family 1"),
        ("★ Villa \u2066x\u2069", "★ Villa \u2066x\u2069"),
        ("Villa\x07", "Villa"),
        ("شقة ж", "شقة ж"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_ornaments_that_no_font_has_are_left_out(text: str, left: str) -> None:
    assert FONTS.drawable(text, "Sans") == left


@given(st.text())
def test_what_is_drawable_has_a_chain_or_names_what_is_missing(text: str) -> None:
    drawable = READ.drawable(text, "Sans")

    missing, chain = missing_and_chain(drawable)

    covered = frozenset[int]().union(*(face.covered for face in chain))
    assert set(missing) <= set(drawable)
    assert missing or all(ord(c) in covered for c in drawable if c.isalnum())


def test_the_digest_follows_fonts_and_their_order() -> None:
    a, b = face("A", "a"), face("B", "b")

    digests = {
        FontSet((a, b)).digest,
        FontSet((b, a)).digest,
        FontSet((a,)).digest,
        FontSet((a, b), rest=("B",)).digest,
        FontSet((a,)).with_fonts(b).digest,
    }

    assert len(digests) == 5
    assert FontSet((a, b)).digest == FontSet((face("A", "a"), b)).digest


def test_a_chain_is_a_styles_list() -> None:
    assert css_families(FONTS.chain_for("شقة", "Sans")) == '"Sans", "Arabic"'
