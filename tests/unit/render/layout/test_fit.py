"""Texts are shrunk, then shortened, then refused, and never leave their box."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from postengine.render import FontMissing, Size, StyleInvalid, TextDoesNotFit
from postengine.render.image import Box, Fit, Style, Text, fit_text
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.fonts import SANS, SERIF
from postengine.render.image.layout import FittedText, placed_tree, with_text_styles
from postengine.render.image.layout.phrases import BREAK

SHORT = "Family home with a garden by the river"
LONG = "An exceptionally bright family home with a garden down to the river and a boat house"


def set_in(
    engine: TakumiEngine,
    text: str,
    *,
    size: float = 80,
    width: float = 900,
    family: str = SERIF,
    align: str | None = None,
    **fit: object,
) -> FittedText:
    style = Style.model_validate({"font_size": size, "font_family": family, "text_align": align})
    root = with_text_styles(Box(children=(Text(text=text, style=style),)), engine.fonts)
    node = root.children[0]
    assert isinstance(node, Text)
    return fit_text(engine, node, Fit.model_validate({"min_px": 40} | fit), width)


def test_a_short_text_keeps_its_largest_size(engine: TakumiEngine) -> None:
    fitted = set_in(engine, "Sold", max_lines=3)

    assert (fitted.text.text, fitted.text.style.font_size, fitted.lines) == ("Sold", 80, 1)
    assert fitted.text.fit is None


def test_a_longer_text_takes_the_largest_size_that_fits(engine: TakumiEngine) -> None:
    fitted = set_in(engine, LONG, max_lines=3, min_px=30)
    size = fitted.text.style.font_size
    assert isinstance(size, float)

    assert fitted.text.text == LONG
    assert 30 < size < 80
    assert fitted.lines == 3
    with pytest.raises(TextDoesNotFit):
        set_in(engine, LONG, size=size + 1, max_lines=3, min_px=size + 1, may_shorten=False)


def test_the_smallest_size_is_tried_to_the_fraction(engine: TakumiEngine) -> None:
    wide = set_in(engine, "Harbour", max_lines=1).width_px

    fitted = set_in(engine, "Harbour", width=wide * 40.6 / 80, max_lines=1, min_px=40.5)

    assert fitted.text.style.font_size == 40.5


def test_a_largest_size_below_the_smallest_is_the_smallest(engine: TakumiEngine) -> None:
    assert set_in(engine, "Sold", size=20, min_px=32).text.style.font_size == 32


def test_lines_are_drawn_balanced_within_the_region_that_was_measured(engine: TakumiEngine) -> None:
    balanced = set_in(engine, "Sunlit villa with pool and garden", width=936, max_lines=3)
    filled = set_in(engine, "Sunlit villa with pool and garden", width=936, max_lines=3, balanced=False)

    widths = [ink_widths(engine, fitted) for fitted in (balanced, filled)]

    assert balanced.lines == filled.lines == 2
    assert max(widths[0]) - min(widths[0]) < 100
    assert max(widths[1]) - min(widths[1]) > 500
    assert max(widths[0]) < balanced.width_px


def ink_widths(engine: TakumiEngine, fitted: FittedText) -> list[int]:
    """Return how far the letters of each of two lines reach."""
    root = Box(children=(fitted.text,))
    alpha = engine.draw(root, Size(1000, 220), {})[..., 3]
    middle = round(fitted.height_px / 2)
    return [int(np.flatnonzero(part.any(axis=0)).max()) for part in (alpha[:middle], alpha[middle:])]


def test_a_single_line_takes_no_more_room_than_its_letters(engine: TakumiEngine) -> None:
    fitted = set_in(engine, "Sold", max_lines=2)

    assert (fitted.text.style.width, fitted.text.style.white_space) == (None, "nowrap")
    assert 100 < fitted.width_px < 200


@pytest.mark.parametrize("align", ["center", "right", "end", "justify"])
def test_a_line_that_is_aligned_in_its_box_keeps_the_box(align: str, engine: TakumiEngine) -> None:
    assert set_in(engine, "Sold", align=align).text.style.width == 900


def test_what_is_still_too_long_ends_in_an_ellipsis(engine: TakumiEngine) -> None:
    fitted = set_in(engine, "One, two three four five six", size=40, width=180, family=SANS)

    assert fitted.text.text == "One…"


def test_as_many_words_are_kept_as_fit(engine: TakumiEngine) -> None:
    fitted = set_in(engine, LONG, size=40, width=480, family=SANS, max_lines=2)
    kept = fitted.text.text.removesuffix("…")
    more = " ".join(LONG.split()[: len(kept.split()) + 1])

    assert LONG.startswith(kept)
    assert len(kept.split()) > 3
    with pytest.raises(TextDoesNotFit):
        set_in(engine, f"{more}…", size=40, width=480, family=SANS, max_lines=2, may_shorten=False)


def test_a_text_without_spaces_is_shortened_by_letters(engine: TakumiEngine) -> None:
    word = "Donaudampfschifffahrt" * 3

    fitted = set_in(engine, word, size=40, width=300, family=SANS)

    assert word.startswith(fitted.text.text.removesuffix("…"))
    assert fitted.text.text.endswith("…")
    assert 10 < len(fitted.text.text) < 24


def test_a_letter_is_never_parted_from_its_marks(engine: TakumiEngine) -> None:
    word = "किताबीकिताबीकिताबीकिताबी"
    whole = {word[:end] for end in range(1, len(word)) if word[end] not in "\u093f\u093e\u0940"}

    for width in range(90, 240, 7):
        kept = set_in(engine, word, size=40, width=width, family=SANS).text.text.removesuffix("…")
        assert kept in whole


def test_a_joined_pair_is_never_parted(engine: TakumiEngine) -> None:
    word = "क्\u200dषक्\u200dषक्\u200dषक्\u200dष"

    fitted = set_in(engine, word, size=40, width=90, family=SANS)

    assert set(fitted.text.text.removesuffix("…").split("ष")) <= {"क्\u200d", ""}


def test_thai_is_shortened_between_words(engine: TakumiEngine) -> None:
    fitted = set_in(engine, "บ้านเดี่ยวใกล้รถไฟฟ้าพร้อมสวน", size=40, width=260, family=SANS)
    kept = fitted.text.text.removesuffix("…")

    assert not kept.endswith(BREAK)
    assert "บ้านเดี่ยวใกล้รถไฟฟ้าพร้อมสวน".startswith(kept.replace(BREAK, ""))


def test_a_sign_alone_is_no_beginning(engine: TakumiEngine) -> None:
    with pytest.raises(TextDoesNotFit):
        set_in(engine, "— Donaudampfschifffahrt", size=40, width=120, family=SANS)


def test_a_text_that_may_not_be_shortened_is_refused_with_its_height(engine: TakumiEngine) -> None:
    with pytest.raises(TextDoesNotFit) as caught:
        set_in(engine, "+1 555 01 02", size=40, width=90, family=SANS, may_shorten=False)

    width, height = caught.value.box
    assert (caught.value.text, width) == ("+1 555 01 02", 90)
    assert 40 < height < 60
    assert caught.value.needed_px >= 2 * height - 1


def test_one_word_that_is_too_wide_is_refused_with_its_width(engine: TakumiEngine) -> None:
    with pytest.raises(TextDoesNotFit) as caught:
        set_in(engine, "Donaudampfschifffahrt" * 3, size=40, width=300, max_lines=2, may_shorten=False)

    assert caught.value.needed_px > 900
    assert caught.value.path is None
    assert str(caught.value).startswith("Expected a text that fits 300x")


def test_a_text_of_a_tree_that_is_refused_is_told_with_its_path(engine: TakumiEngine) -> None:
    long = Text(
        text="Donaudampfschifffahrt",
        style=Style(font_size=40, width=60),
        fit=Fit(min_px=40, may_shorten=False),
    )
    root = with_text_styles(Box(children=(Text(text="a"), Box(children=(long,)))), engine.fonts)

    with pytest.raises(TextDoesNotFit, match=r"^root\.children\[1\]\.children\[0\]: Expected") as caught:
        placed_tree(engine, root, Size(100, 100), {})

    assert caught.value.path == "root.children[1].children[0]"


def test_white_space_is_folded(engine: TakumiEngine) -> None:
    assert set_in(engine, "  New \n home\t", family=SANS).text.text == "New home"


@pytest.mark.parametrize(
    "words",
    [
        "דירה מרווחת ויפה עם נוף",
        "바다가 보이는 넓은 신축 아파트",
        "شقة فاخرة واسعة بإطلالة بحرية",
        "Villa Βίλα فيلا 12",
    ],
)
def test_a_line_of_several_fonts_and_directions_stays_in_its_box(engine: TakumiEngine, words: str) -> None:
    fitted = set_in(engine, words, size=90, width=400, family=SANS, min_px=20)

    assert (fitted.text.text, fitted.lines) == (words, 1)
    assert 370 < fitted.width_px <= 400.5


def test_an_amount_is_not_broken_at_its_own_spaces(engine: TakumiEngine) -> None:
    fitted = set_in(engine, "Now 1\u00a0250\u00a0000\u00a0€", size=60, width=240, max_lines=3, family=SANS)

    assert (fitted.text.text, fitted.lines) == ("Now 1\u00a0250\u00a0000\u00a0€", 2)
    assert fitted.text.style.font_size != 60


def test_a_space_that_does_not_break_is_kept(engine: TakumiEngine) -> None:
    assert set_in(engine, "112\u00a0m² in\u00a0all").text.text == "112\u00a0m² in\u00a0all"


@pytest.mark.parametrize("words", ["東京都港区南麻布四丁目", "港を望む南向きの邸宅"])
def test_phrases_that_are_wider_than_the_box_together_take_two_lines(
    words: str, engine: TakumiEngine
) -> None:
    fitted = set_in(engine, words, size=50, width=430, max_lines=2, family=SANS)
    settled = placed(engine, tree(titled(words, font_size=50, width=430)))

    assert fitted.lines == 2
    assert fitted.width_px <= 430
    assert settled.children[0].style.white_space != "nowrap"


def test_an_empty_text_takes_no_line(engine: TakumiEngine) -> None:
    assert set_in(engine, "").lines == 0


def test_letters_without_a_glyph_are_named(engine: TakumiEngine) -> None:
    with pytest.raises(FontMissing) as caught:
        set_in(engine, "Villa \U00012000")

    assert (caught.value.text, caught.value.path) == ("\U00012000", None)


def test_pieces_of_a_line_in_several_fonts_are_one_line(engine: TakumiEngine) -> None:
    assert set_in(engine, "Villa Βίλα فيلا", max_lines=2).lines == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.text("abcdefgimnorstuwWM", min_size=1, max_size=12), min_size=1, max_size=12),
    width=st.integers(80, 700),
    most=st.integers(1, 4),
    balanced=st.booleans(),
)
def test_a_fitted_text_never_leaves_its_box(
    engine: TakumiEngine, words: list[str], width: int, most: int, balanced: bool
) -> None:
    text = " ".join(words)
    try:
        fitted = set_in(engine, text, size=60, width=width, max_lines=most, min_px=20, balanced=balanced)
    except TextDoesNotFit:
        event("refused")
        return
    placed = engine.measure(Box(children=(fitted.text,)), Size(2000, 2000), {}).children[0]

    assert fitted.lines <= most
    assert placed.text_region.width <= width + 1
    assert fitted.text.text == text or fitted.text.text.endswith("…")


CANVAS = Size(500, 500)


def tree(*texts: Text, **style: object) -> Box:
    return Box(children=texts, style=Style.model_validate({"flex_direction": "column"} | style))


def titled(text: str = SHORT, **style: object) -> Text:
    given = {"font_size": 60.0, "width": 400.0} | style
    return Text(text=text, style=Style.model_validate(given), fit=Fit(min_px=20, max_lines=2))


def placed(engine: TakumiEngine, root: Box) -> Box:
    styled = with_text_styles(root, engine.fonts)
    settled, where = placed_tree(engine, styled, CANVAS, {})
    assert where == engine.measure(settled, CANVAS, {})
    return settled


def sizes_of(root: Box) -> list[object]:
    return [child.style.font_size for child in root.children]


def test_only_texts_that_ask_for_it_are_fitted(engine: TakumiEngine) -> None:
    settled = placed(engine, tree(titled("Sold"), titled(), Text(text=SHORT, style=Style(font_size=60))))

    first, second, third = sizes_of(settled)
    assert (first, third) == (60, 60)
    assert isinstance(second, float)
    assert 20 < second < 60


def test_a_tree_without_fits_stays_as_it_is(engine: TakumiEngine) -> None:
    root = with_text_styles(tree(Text(text="Sold")), engine.fonts)

    assert placed_tree(engine, root, Size(100, 100), {})[0] == root


def test_texts_are_fitted_alike_alone_and_in_a_tree(engine: TakumiEngine) -> None:
    for words in ("Sold", "Sunlit villa", "Sunlit villa with pool", SHORT):
        settled = placed(engine, tree(titled(words), width=500)).children[0]
        alone = set_in(engine, words, size=60, width=400, family=SANS, max_lines=2, min_px=20).text
        assert settled.style == alone.style


def test_a_text_that_begins_below_the_canvas_is_fitted_too(engine: TakumiEngine) -> None:
    settled = placed(engine, tree(titled(), padding_top=490.0))

    size = settled.children[0].style.font_size
    assert isinstance(size, float)
    assert 20 < size < 60


@pytest.mark.parametrize(
    ("style", "path"),
    [
        ({"width": None}, "root.children[1].style.width"),
        ({"width": "50%"}, "root.children[1].style.width"),
        ({"font_size": "10vw"}, "root.children[1].style.fontSize"),
    ],
)
def test_a_fit_without_pixels_is_an_error_with_its_path(
    style: dict[str, Any], path: str, engine: TakumiEngine
) -> None:
    with pytest.raises(StyleInvalid) as caught:
        placed(engine, tree(titled(), titled(**style)))

    assert caught.value.problems[0].path == path


def test_a_text_that_cannot_be_fitted_is_refused_in_a_tree(engine: TakumiEngine) -> None:
    with pytest.raises(TextDoesNotFit):
        placed(engine, tree(titled("Donaudampf schifffahrt", width=30.0)))
