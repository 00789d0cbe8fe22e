"""Pictures in merged inline boxes are measured too."""

from __future__ import annotations

import pytest

from postengine.render.image import Box, Node, Outline, Region, Shape, Size, Style, Text
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.layout import merged_pictures

CANVAS = Size(300, 200)
WORD = Text(text="a")


def box(*children: Node, **style: object) -> Box:
    return Box(children=children, style=Style.model_validate(style))


def shape(**style: object) -> Shape:
    outline = Outline(d="M0 0H10V10H0z", fill="#00ff00")
    return Shape(view=(40, 10), outlines=(outline,), style=Style.model_validate(style))


def merged(engine: TakumiEngine, root: Box) -> dict[str, Region]:
    return dict(merged_pictures(engine, root, engine.measure(root, CANVAS, {}), CANVAS, {}))


def test_what_an_inline_box_holds_is_told_with_its_size(engine: TakumiEngine) -> None:
    line = box(WORD, box(shape(height=500), display="inline"), shape(), display="block")

    found = merged(engine, box(WORD, line))

    sizes = {path: (region.width, region.height) for path, region in found.items()}
    assert sizes == {
        "root.children[1].children[1].children[0]": (2000, 500),
        "root.children[1].children[2]": (40, 10),
    }


@pytest.mark.parametrize(
    "root",
    [
        box(shape(), WORD),
        box(box(WORD, WORD, display="block")),
        box(box(WORD, shape(height=500), display="none")),
    ],
)
def test_what_is_told_anyway_or_not_shown_is_left_out(root: Box, engine: TakumiEngine) -> None:
    assert merged(engine, root) == {}
