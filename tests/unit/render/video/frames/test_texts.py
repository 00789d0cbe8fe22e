from __future__ import annotations

import pytest

from postengine.render import Renderer
from postengine.render.image.colour import Colour
from postengine.render.image.geometry import Size
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
