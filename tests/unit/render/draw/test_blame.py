"""A drawing that fails names the node that it fails on."""

from __future__ import annotations

from postengine.render import DrawingFailed
from postengine.render.image import Box, Text
from postengine.render.image.draw.blame import blamed
from postengine.render.image.tree import walk

BAD, GOOD = Text(text="bad"), Text(text="good")


def draw(root: Box) -> None:
    """Fail as an engine would at a text."""
    if any(isinstance(node, Text) and node.text == "bad" for _, node in walk(root)):
        raise DrawingFailed("Expected a drawing, got: trouble")


def test_the_innermost_node_is_named() -> None:
    inner = Box(children=(GOOD, Box(children=(GOOD, BAD))))

    assert blamed(Box(children=(GOOD, inner)), draw) == "root.children[1].children[1].children[1]"


def test_where_two_fail_their_parent_is_named() -> None:
    assert blamed(Box(children=(GOOD, Box(children=(BAD, BAD)))), draw) == "root.children[1]"


def test_the_frame_that_a_tree_was_put_into_is_left_out() -> None:
    framed = Box(children=(Box(children=(GOOD, BAD)),))

    assert blamed(framed, draw, start="root.children[0]") == "root.children[1]"


def test_it_is_not_looked_for_without_end() -> None:
    many = Box(children=(*(GOOD for _ in range(100)), BAD))

    assert blamed(many, draw) == "root"
