"""Text styles are inherited as CSS inherits them, and texts are made ready to be drawn."""

from __future__ import annotations

import pytest

from postengine.render.image import Box, FontFace, FontSet, Picture, Style, Text, default_fonts
from postengine.render.image.fonts import SANS
from postengine.render.image.layout import with_text_styles

INHERITED: dict[str, object] = {
    "color": "#ff0000",
    "direction": "rtl",
    "font_family": "Playfair Display",
    "font_feature_settings": '"tnum" 1',
    "font_size": 30,
    "font_stretch": "75%",
    "font_style": "italic",
    "font_variation_settings": '"wght" 650',
    "font_weight": 700,
    "letter_spacing": 2,
    "line_height": 1.4,
    "overflow_wrap": "anywhere",
    "tab_size": 4,
    "text_align": "center",
    "text_indent": 12,
    "text_shadow": "1px 1px 2px #000000",
    "text_transform": "uppercase",
    "text_wrap": "balance",
    "visibility": "hidden",
    "webkit_text_fill_color": "#00ff00",
    "webkit_text_stroke": "1px #0000ff",
    "webkit_text_stroke_color": "#0000ff",
    "webkit_text_stroke_width": 1,
    "white_space": "pre",
    "word_break": "break-all",
    "word_spacing": 3,
}


def style(**fields: object) -> Style:
    return Style.model_validate(fields)


def settled(text: Text, *around: Style, fonts: FontSet | None = None) -> Text:
    """Return a text as it is set inside boxes, the outermost first."""
    node: Box | Text = text
    for one in reversed(around):
        node = Box(children=(node,), style=one)
    found: Box | Text = with_text_styles(Box(children=(node,)), fonts or default_fonts())
    while isinstance(found, Box):
        child = found.children[0]
        assert isinstance(child, Box | Text)
        found = child
    return found


@pytest.mark.parametrize("name", INHERITED)
def test_a_text_takes_the_style_of_the_boxes_around_it(name: str) -> None:
    given = style(**{name: INHERITED[name]})

    text = settled(Text(text="Loft"), given, style(gap=4))

    assert getattr(text.style, name) == getattr(given, name)


@pytest.mark.parametrize("name", INHERITED)
def test_a_texts_own_style_comes_first(name: str) -> None:
    own = style(**{name: INHERITED[name]})

    text = settled(Text(text="Loft", style=own), style(color="#123456", font_size=12, letter_spacing=9))

    assert getattr(text.style, name) == getattr(own, name)


def test_what_is_not_inherited_stays_with_its_box() -> None:
    text = settled(Text(text="Loft"), style(width=90, background_color="#ffffff", opacity=0.5))

    assert (text.style.width, text.style.background_color, text.style.opacity) == (None, None, None)


def test_a_text_without_any_style_is_set_in_the_default_font_at_16_pixels() -> None:
    text = settled(Text(text="Loft"))

    assert (text.style.font_family, text.style.font_size) == (SANS, 16.0)


def test_without_the_default_family_the_first_one_is_the_default() -> None:
    inter = default_fonts().face(SANS)

    text = settled(Text(text="Loft"), fonts=FontSet((FontFace("House", inter.read()),)))

    assert text.style.font_family == "House"


@pytest.mark.parametrize(
    ("around", "own", "px"),
    [
        (20, "1.5em", 30),
        (20, "150%", 30),
        (20, "2rem", 32),
        (20, "18px", 18),
        ("2em", "50%", 16),
        ("1.25em", None, 20),
        (20, "large", 18),
        (20, "larger", 24),
        ("SMALL", "2em", 26),
        (30, "smaller", pytest.approx(25, abs=0.01)),
    ],
)
def test_relative_sizes_are_told_in_pixels(around: object, own: object, px: float) -> None:
    text = settled(Text(text="Loft", style=style(font_size=own)), style(font_size=around))

    assert text.style.font_size == px


def test_sizes_that_only_the_engine_can_tell_are_left_to_it() -> None:
    wide = settled(Text(text="Loft", style=style(font_size="10vw")))
    inside = settled(Text(text="Loft", style=style(font_size="2em")), style(font_size="10vw"))

    assert (wide.style.font_size, inside.style.font_size) == ("10vw", "2em")


@pytest.mark.parametrize(
    ("name", "value", "length"),
    [
        ("letter_spacing", "0.1em", "4px"),
        ("letter_spacing", "-0.05em", "-2px"),
        ("word_spacing", "0.5em", "20px"),
        ("text_indent", "1em", "40px"),
        ("text_indent", "10%", "10%"),
        ("line_height", "1.2em", "48px"),
        ("line_height", "150%", "60px"),
        ("line_height", 1.5, 1.5),
        ("letter_spacing", "0.1rem", "0.1rem"),
    ],
)
def test_lengths_that_count_in_letters_are_inherited_as_lengths(
    name: str, value: object, length: object
) -> None:
    text = settled(Text(text="Loft", style=style(font_size=10)), style(**{name: value}, font_size=40))

    assert getattr(text.style, name) == length


def test_a_length_in_letters_of_an_unknown_size_is_left_as_it_is() -> None:
    text = settled(Text(text="Loft"), style(letter_spacing="0.1em", font_size="10vw"))

    assert text.style.letter_spacing == "0.1em"


def test_a_texts_own_spacing_goes_with_its_own_letters() -> None:
    text = settled(Text(text="Loft", style=style(letter_spacing="0.1em")), style(font_size=40))

    assert text.style.letter_spacing == "0.1em"


def test_ornaments_that_no_font_has_are_left_out() -> None:
    text = settled(Text(text="New home \U0001f3e1"), fonts=default_fonts().with_emoji(None))

    assert text.text == "New home"


@pytest.mark.parametrize(
    ("words", "lang"), [("東京の静かな住宅街", None), ("서울의 조용한 주택가", None), ("海景公寓", "zh")]
)
def test_lines_break_between_phrases_where_a_language_has_them(words: str, lang: str | None) -> None:
    text = settled(Text(text=words, lang=lang))

    assert (text.style.word_break, text.style.overflow_wrap) == ("keep-all", "anywhere")


def test_a_word_break_that_was_asked_for_is_kept() -> None:
    text = settled(Text(text="東京の静かな住宅街"), style(word_break="break-all"))

    assert (text.style.word_break, text.style.overflow_wrap) == ("break-all", None)


def test_a_space_that_does_not_break_is_kept_and_others_are_folded() -> None:
    text = settled(Text(text=" 112\u00a0m²  with \n a garden "))

    assert (text.text, text.style.white_space) == ("112\u00a0m² with a garden", "pre-wrap")


def test_white_space_that_was_asked_for_is_kept() -> None:
    text = settled(Text(text=" 112\u00a0m²  x"), style(white_space="pre"))

    assert (text.text, text.style.white_space) == (" 112\u00a0m²  x", "pre")


def test_pictures_and_boxes_stay_as_they_are() -> None:
    picture = Picture(source="a", style=style(width=10))

    root = with_text_styles(Box(children=(picture,), style=style(font_size=9)), default_fonts())

    assert root.children == (picture,)
    assert root.style == style(font_size=9)
