"""Drawings of which nothing shows are left out, and all others are drawn."""

from __future__ import annotations

import pytest

from postengine.render import DrawingFailed
from postengine.render.image import Box, Node, Outline, Picture, Region, Shape, Size, Style, Text
from postengine.render.image.draw import Placed
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.draw.unseen import without_unseen

CANVAS = Size(100, 60)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    b'<path d="M0 0H20V20H0z" fill="#00ff00"/></svg>'
)


def shape(colour: str = "#ff0000", **style: object) -> Shape:
    outline = Outline(d="M0 0H10V10H0z", fill=colour)
    return Shape(view=(10, 10), outlines=(outline,), style=Style.model_validate(style))


def box(*children: Node, **style: object) -> Box:
    return Box(children=children, style=Style.model_validate(style))


def logo(**style: object) -> Picture:
    return Picture(source="logo", style=Style.model_validate(style))


@pytest.mark.parametrize(
    "hidden",
    [
        shape(width=20, height=20, padding=10),
        logo(width=0.2, height=0.2),
        box(logo(width=20, height=20, border="10px solid #0000ff")),
    ],
)
def test_a_drawing_without_room_hinders_no_other(hidden: Node, engine: TakumiEngine) -> None:
    tree = box(hidden, shape(width=20, height=20, position="absolute", left=70, top=30), logo(height=20))

    drawn = engine.draw(tree, CANVAS, {"logo": SVG})

    assert drawn[40, 80].tolist() == [255, 0, 0, 255]
    assert (drawn == [0, 255, 0, 255]).all(axis=2).sum() >= 300


class Trouble:
    """Stands in for an engine that fails on some nodes, by key."""

    def __init__(self, *keys: str) -> None:
        self._keys = keys

    def can_draw(self, tree: Box) -> bool:
        waiting: list[Node] = [tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Box):
                waiting.extend(node.children)
            elif node.key in self._keys:
                return False
        return True

    def measure(self, tree: Box) -> Placed:
        return Placed(Region(0, 0, 100, 60), children=tuple(placed(child) for child in tree.children))


def placed(node: Node) -> Placed:
    inner = tuple(placed(child) for child in node.children) if isinstance(node, Box) else ()
    return Placed(Region(1, 2, 30, 20), children=inner)


def keyed(*keys: str) -> list[Node]:
    return [shape(rotate="10deg").model_copy(update={"key": key}) for key in keys]


def test_only_the_drawings_that_fail_are_replaced_by_boxes_of_their_size() -> None:
    tree = box(*keyed("a", "b"), box(*keyed("c", "d"), Text(text="x")), *keyed("e"))
    trouble = Trouble("b", "e")

    left = without_unseen(tree, trouble.can_draw, trouble.measure, ())

    kinds = [child.type for child in left.children]
    empty = left.children[1]
    assert kinds == ["shape", "box", "box", "box"]
    assert left.children[2] == tree.children[2]
    assert (empty.key, empty.style.width, empty.style.min_height) == ("b", 30, 20)
    assert empty.style.rotate == "10deg"


def test_pictures_that_are_no_drawings_stay() -> None:
    photo = Picture(source="photo", key="photo")
    trouble = Trouble("photo")

    assert without_unseen(box(photo), trouble.can_draw, trouble.measure, {"logo"}) == box(photo)


def test_another_failure_is_told_as_it_is(engine: TakumiEngine) -> None:
    with pytest.raises(DrawingFailed):
        engine.draw(box(logo(width=9)), CANVAS, {"logo": b"junk"})


def test_slivers_that_fail_only_beside_each_other_are_left_out(engine: TakumiEngine) -> None:
    outline = Outline(d="M0 0H1V1H0Z", fill="#ff0000")
    sliver = Shape(view=(1, 1), outlines=(outline,), style=Style(width=0.25))
    tall = Shape(view=(4, 8000), outlines=(outline,), style=Style(height=500))

    pixels = engine.draw(box(box(sliver), tall), CANVAS, {})

    assert pixels.shape == (CANVAS.height, CANVAS.width, 4)


@pytest.mark.parametrize(
    "hidden", [shape(object_position="900px 0"), shape(width=0), logo(margin="10000px"), logo(height=0.2)]
)
def test_a_drawing_in_a_line_that_is_not_seen_hinders_no_other(hidden: Node, engine: TakumiEngine) -> None:
    line = box(Text(text="a"), hidden, display="inline")
    tree = box(line, shape(width=20, height=20, position="absolute", left=70, top=30))

    drawn = engine.draw(tree, CANVAS, {"logo": SVG})

    assert drawn[40, 80].tolist() == [255, 0, 0, 255]
