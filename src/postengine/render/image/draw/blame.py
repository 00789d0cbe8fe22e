"""Which node of a tree it is that the drawing engine fails on."""

from __future__ import annotations

from collections.abc import Callable

from postengine.render.errors import DrawingFailed
from postengine.render.image.tree import Box, Node

_MOST_TRIES = 60


def blamed(root: Box, draw: Callable[[Box], object], *, start: str = "") -> str:
    """Return the path of the innermost node without which a tree can be drawn.

    Args:
        root: The tree, which cannot be drawn.
        draw: Tries to, with a tree that lacks a node.
        start: Path of the node that its author knows as the root, where it was put into a frame.
    """
    path = _innermost(root, lambda tree: _can(draw, tree))
    return f"root{path.removeprefix(start or 'root')}"


def _innermost(root: Box, can_draw: Callable[[Box], bool]) -> str:
    path, steps, tries = "root", list[int](), 0
    node: Node = root
    while isinstance(node, Box):
        for at, child in enumerate(node.children):
            tries += 1
            if tries > _MOST_TRIES:
                return path
            if can_draw(_without(root, [*steps, at])):
                path, node = f"{path}.children[{at}]", child
                steps.append(at)
                break
        else:
            return path
    return path


def _can(draw: Callable[[Box], object], tree: Box) -> bool:
    try:
        draw(tree)
    except DrawingFailed:
        return False
    return True


def _without(box: Box, steps: list[int]) -> Box:
    """Return the tree with an empty box in place of one node."""
    at, *others = steps
    child = box.children[at]
    new = _without(child, others) if others and isinstance(child, Box) else Box()
    return box.model_copy(update={"children": (*box.children[:at], new, *box.children[at + 1 :])})
