from __future__ import annotations

import numpy as np
import pytest

from postengine.render.image.colour import (
    BLACK,
    INK,
    WHITE,
    Colour,
    contrast,
    deepened,
    luminance,
    readable_on,
)


@pytest.mark.parametrize("text", ["#fff", "0a1f44", "#0a1f4g", "red", "#0a1f445"])
def test_only_six_hexadecimal_digits_are_a_colour(text: str) -> None:
    with pytest.raises(ValueError, match="#0a1f44"):
        Colour.from_hex(text)


def test_a_colour_is_written_as_css() -> None:
    assert Colour.from_hex("#0a1f44").css(0.5) == "rgba(10, 31, 68, 0.5)"


def test_contrast_agrees_with_published_pairs() -> None:
    # WCAG's own examples: #777777 on white is 4.48, #767676 is 4.54.
    assert contrast(Colour.from_hex("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)
    assert contrast(WHITE, Colour.from_hex("#767676")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("grey", range(0, 256, 5))
def test_a_readable_colour_exists_on_every_ground(grey: int) -> None:
    ground = Colour(grey, grey, grey)

    assert contrast(readable_on(ground), ground) >= 4.5


def test_the_preferred_colour_is_kept_where_it_reads() -> None:
    assert readable_on(BLACK, Colour(255, 240, 200)) == Colour(255, 240, 200)
    assert readable_on(Colour(227, 184, 115)) == INK


@pytest.mark.parametrize("text", ["#ffffff", "#d9694a", "#12263a", "#00ff00"])
def test_a_shadow_is_dark_whatever_the_brand(text: str) -> None:
    shadow = deepened(Colour.from_hex(text))

    assert float(luminance(np.array(shadow))) <= 0.02
    assert contrast(shadow, WHITE) >= 14
