from __future__ import annotations

import numpy as np
import pytest

from postengine.render import Renderer
from postengine.render.image.colour import Colour
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Box, Style, Text
from postengine.render.video.frames.texts import bare_texts

SIZE = Size(300, 200)


def tree(style: Style | None = None, **text: object) -> Box:
    words = Text(text="Sold", style=Style.model_validate({"font_size": 40, "color": "#ffffff", **text}))
    around = Box(style=style or Style(), children=(words,))
    return Box(style=Style(width=300, height=200, align_items="flex-start"), children=(around,))


def test_a_text_without_a_ground_stands_where_it_is_drawn(renderer: Renderer) -> None:
    layer = tree()

    (found,) = bare_texts(layer, renderer.measure(layer, SIZE), SIZE)

    assert found.colour == Colour(255, 255, 255)
    assert found.opacity == 1
    assert found.region.x == 0
    assert 0 <= found.region.y < 1
    assert 30 < found.region.height < 70


def test_a_text_in_a_stretched_box_stands_where_its_lines_are(renderer: Renderer) -> None:
    text = Text(text="Sold", style=Style(font_size=20, color="#ffffff"))
    layer = Box(children=(text,), style=Style(width=SIZE.width, height=SIZE.height))

    (found,) = bare_texts(layer, renderer.measure(layer, SIZE), SIZE)

    assert found.region.height < 40


@pytest.mark.parametrize(
    "style",
    [
        Style(background_color="#12263a"),
        Style(background_color="rgba(0, 0, 0, 0.7)"),
        Style(background="#12263a"),
        Style(opacity=0),
    ],
)
def test_a_text_on_a_plate_or_unseen_needs_no_shade(renderer: Renderer, style: Style) -> None:
    layer = tree(style)

    assert bare_texts(layer, renderer.measure(layer, SIZE), SIZE) == ()


def test_a_text_on_thin_glass_needs_one(renderer: Renderer) -> None:
    layer = tree(Style(background_color="rgba(0, 0, 0, 0.2)"))

    assert len(bare_texts(layer, renderer.measure(layer, SIZE), SIZE)) == 1


def test_opacities_multiply(renderer: Renderer) -> None:
    layer = tree(Style(opacity=0.5), opacity=0.5)

    assert bare_texts(layer, renderer.measure(layer, SIZE), SIZE)[0].opacity == 0.25


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Sold in a week", {}),
        ("Sold in a week", {"text_align": "center"}),
        ("Sold in a week", {"text_align": "right", "text_wrap": "balance"}),
        ("فيلا عائلية بإطلالة على الميناء", {"direction": "rtl"}),
        ("港を望む南向きの邸宅", {"text_align": "center"}),
    ],
)
def test_no_letter_stands_outside_of_where_its_text_is_said_to_be(
    renderer: Renderer, text: str, style: dict[str, str]
) -> None:
    words = Text(text=text, style=Style.model_validate({"font_size": 24, "color": "#ffffff", **style}))
    layer = Box(children=(words,), style=Style(width=300, height=200, padding=20))

    (found,) = bare_texts(layer, renderer.measure(layer, SIZE), SIZE)

    rows, columns = np.nonzero(renderer.pixels(layer, SIZE)[..., 3] > 32)
    drawn = Region(
        float(columns.min()), float(rows.min()), float(np.ptp(columns)) + 1, float(np.ptp(rows)) + 1
    )
    assert found.region.holds(drawn, slack_px=2)
    assert found.region.width < drawn.width + 24
