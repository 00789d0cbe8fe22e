"""Trees that the engine panics on are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from postengine.render.image import Box, Node, Outline, Picture, Shape, Size, Style, Text
from postengine.render.image.draw import RgbaPixels
from postengine.render.image.draw.takumi import TakumiEngine

CANVAS = Size(100, 60)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0H20V20H0z"/></svg>'
GREEN = [0, 255, 0, 255]


def box(*children: Node, **style: object) -> Box:
    return Box(children=children, style=Style.model_validate(style))


def shape(**style: object) -> Shape:
    outline = Outline(d="M0 0H10V10H0z", fill="#00ff00")
    return Shape(view=(10, 10), outlines=(outline,), style=Style.model_validate(style))


def logo(**style: object) -> Picture:
    return Picture(source="logo", style=Style.model_validate(style))


def count(pixels: RgbaPixels, colour: list[int]) -> int:
    return int((pixels == np.array(colour)).all(axis=2).sum())


@pytest.mark.parametrize("around", ["block", "inline", "inline-block"])
@pytest.mark.parametrize(
    "pulled",
    [
        shape(width=20, height=20, margin_top=-50),
        shape(width=20, height=20, margin="-5px 0 -5000px"),
        shape(width=20, height=20, margin_top="-20em"),
        box(shape(width=20, height=20), display="inline-block", margin_top="-40px"),
        box(shape(width=20, height=20), display="inline-flex", margin="-71rem auto auto"),
    ],
)
def test_a_box_that_margins_pull_off_its_line_is_drawn(
    around: str, pulled: Node, engine: TakumiEngine
) -> None:
    tree = box(box(pulled, Text(text="a"), display=around))

    engine.measure(tree, CANVAS, {})
    drawn = engine.draw(tree, CANVAS, {})

    assert count(drawn, GREEN) >= 400


def test_margins_that_harm_nothing_stay(engine: TakumiEngine) -> None:
    moved = box(width=10, height=10, background_color="#ff0000", margin_top=-4)
    line = box(shape(width=20, height=20, margin_top=-50), Text(text="a"), display="block", margin_top=30)

    drawn = engine.draw(box(moved, line), CANVAS, {})

    assert count(drawn, [255, 0, 0, 255]) == 60


@pytest.mark.parametrize(
    "layer",
    [{"mix_blend_mode": "screen"}, {"opacity": 0.9}, {"filter": "invert(0)"}, {"isolation": "isolate"}],
)
def test_a_filtered_backdrop_inside_a_layer_hinders_nothing(
    layer: dict[str, object], engine: TakumiEngine
) -> None:
    glass = shape(width=5, height=5, flex_shrink=0, backdrop_filter="blur(25px) invert(1)")
    lens = box(backdrop_filter="invert(1)", width=5, height=5, position="absolute", left=20, top=0)
    tree = box(shape(width=50, height=20), box(glass, **layer), lens, align_items="start")

    drawn = engine.draw(tree, CANVAS, {})

    assert count(drawn[:, :50], GREEN) == 20 * 20 - 5 * 5
    assert drawn[2, 52, 3] > 200


def test_several_failings_of_one_tree_are_all_mended(engine: TakumiEngine) -> None:
    tree = box(
        box(shape(width=20, height=20, margin_top=-50), logo(width=0.2), display="block"),
        logo(width=0.2, height=0.2),
        box(shape(backdrop_filter="blur(25px)", width=5, height=5, flex_shrink=0), mix_blend_mode="screen"),
    )

    drawn = engine.draw(tree, CANVAS, {"logo": SVG})

    assert count(drawn, GREEN) >= 400
