from __future__ import annotations

import pytest

from postengine.render import FontMissing, TextDoesNotFit
from postengine.render.image.fit import fit_text
from postengine.render.image.nodes import sans, serif
from postengine.render.image.takumi import TakumiEngine


def test_a_short_text_keeps_its_largest_size(engine: TakumiEngine) -> None:
    fitted = fit_text(engine, "Sold", serif(80), width_px=900, max_lines=3, min_size_px=40)

    assert (fitted.content, fitted.font.size_px, fitted.lines) == ("Sold", 80, 1)


def test_a_longer_text_shrinks(engine: TakumiEngine) -> None:
    text = "An exceptionally bright family home with a garden down to the river and a boat house"

    fitted = fit_text(engine, text, serif(80), width_px=900, max_lines=3, min_size_px=30)

    assert fitted.content == text
    assert 30 < fitted.font.size_px < 80
    assert fitted.lines <= 3


def test_lines_are_balanced_so_that_no_word_stands_alone(engine: TakumiEngine) -> None:
    text = "Sunlit villa with pool and garden"

    fitted = fit_text(engine, text, serif(80), width_px=936, max_lines=3, min_size_px=40)
    first_line = engine.measure_text("Sunlit villa with", fitted.font, 936).width_px

    assert fitted.lines == 2
    assert (
        first_line
        <= fitted.width_px
        < engine.measure_text("Sunlit villa with pool and", fitted.font, 936).width_px
    )


def test_what_is_still_too_long_ends_in_an_ellipsis(engine: TakumiEngine) -> None:
    fitted = fit_text(
        engine, "One, two three four five six", sans(40), width_px=180, max_lines=1, min_size_px=40
    )

    assert fitted.content == "One…"


def test_a_text_that_may_not_be_shortened_is_refused(engine: TakumiEngine) -> None:
    with pytest.raises(TextDoesNotFit) as caught:
        fit_text(
            engine, "+1 555 01 02", sans(40), width_px=90, max_lines=1, min_size_px=40, may_shorten=False
        )

    assert caught.value.box == pytest.approx((90, 52))
    assert caught.value.needed_px > 52


def test_one_word_that_is_too_wide_is_refused(engine: TakumiEngine) -> None:
    with pytest.raises(TextDoesNotFit) as caught:
        fit_text(engine, "Donaudampfschifffahrt" * 3, sans(40), width_px=300, max_lines=2, min_size_px=30)

    assert caught.value.needed_px > 300


def test_emoji_are_left_out_and_white_space_is_folded(engine: TakumiEngine) -> None:
    fitted = fit_text(engine, "🏡 New \n home 👍🏽", sans(40), width_px=500, max_lines=1, min_size_px=20)

    assert fitted.content == "New home"


def test_letters_without_a_glyph_are_named(engine: TakumiEngine) -> None:
    with pytest.raises(FontMissing) as caught:
        fit_text(engine, "Villa 東京", sans(40), width_px=500, max_lines=1, min_size_px=20)

    assert caught.value.characters == "東京"


def test_a_text_falls_back_from_serif_to_sans_for_greek(engine: TakumiEngine) -> None:
    fitted = fit_text(engine, "Διαμέρισμα στη θάλασσα", serif(60), width_px=900, max_lines=1, min_size_px=20)

    assert fitted.content == "Διαμέρισμα στη θάλασσα"
