"""Mending a tree that the engine fails on: only it knows what it fails on, so changes are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from postengine.render.errors import DrawingFailed
from postengine.render.image.tree import Box, Node

IsWell = Callable[[Box], bool]
"""Tries a tree, and tells whether the engine no longer fails as it did."""

Mend = Callable[[Box, IsWell], Box]
"""Returns a tree without what the engine fails on; the same tree where it finds nothing."""

T = TypeVar("T")


def mended(root: Box, work: Callable[[Box], T], mends: Sequence[tuple[str, Mend]]) -> T:
    """Return what the engine makes of a tree, which is changed where it fails on what could be drawn.

    Args:
        root: The tree.
        work: What the engine does.
        mends: Each with what the engine says when it may help, in the order in which they are tried.

    Raises:
        DrawingFailed: Nothing helps.
    """
    while True:
        try:
            return work(root)
        except DrawingFailed as error:
            new = _changed_for(error, root, work, mends)
            if new == root:
                raise
            root = new


def _changed_for(
    error: DrawingFailed, root: Box, work: Callable[[Box], object], mends: Sequence[tuple[str, Mend]]
) -> Box:
    for sign, mend in mends:
        if sign in str(error):
            new = mend(root, partial(_is_well, work=work, sign=sign))
            if new != root:
                return new
    return root


def _is_well(tree: Box, work: Callable[[Box], object], sign: str) -> bool:
    try:
        work(tree)
    except DrawingFailed as error:
        return sign not in str(error)
    return True


def without_culprits(root: Box, others: Mapping[str, Node], is_well: IsWell) -> Box:
    """Return the tree with others in place of the nodes that the engine fails on, and of no more.

    Args:
        root: The tree.
        others: By path, what the engine can draw in a node's place.
        is_well: Tries a tree.
    """
    left = dict(others)

    def restore(paths: Sequence[str]) -> None:
        fewer = {path: other for path, other in left.items() if path not in paths}
        if is_well(replaced(root, fewer)):
            for path in paths:
                del left[path]
        elif len(paths) > 1:
            half = len(paths) // 2
            restore(paths[:half])
            restore(paths[half:])

    if not others or not is_well(replaced(root, others)):
        return root
    restore(list(others))
    return replaced(root, left)


def replaced(root: Box, others: Mapping[str, Node]) -> Box:
    """Return the tree with other nodes, by path, in place of its own; a box keeps its children."""
    return changed(root, others.get)


def changed(root: Box, change: Callable[[str, Node], Node]) -> Box:
    """Return the tree with every node as `change` makes it of its path and the node; boxes stay boxes."""

    def new(node: Node, path: str) -> Node:
        own = change(path, node)
        if not isinstance(node, Box):
            return own
        children = tuple(new(child, f"{path}.children[{at}]") for at, child in enumerate(node.children))
        return own.model_copy(update={"children": children})

    whole = new(root, "root")
    assert isinstance(whole, Box)  # noqa: S101 - only what is no box becomes another kind of node
    return whole


def styled(node: Node, update: Mapping[str, object]) -> Node:
    """Return a node with a part of its style changed; the values are not checked again."""
    return node.model_copy(update={"style": node.style.model_copy(update=update)})
