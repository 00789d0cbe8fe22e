"""Drawings that are not seen: takumi fails on an SVG of which less than a pixel would show.

Borders and padding may leave no room inside, a share of a small box rounds to nothing, or a position or
transform moves the drawing out of its box or the picture. Nothing of it is missed, so an empty box takes its
place; takumi must fail first, for only it knows which drawings it will not draw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from postengine.render.image.geometry import Region
from postengine.render.image.tree import Box, Node, Picture, Shape, walk

from .engine import Placed

_SLIVER_PX = 2.0  # sides are told in whole pixels: what is told as 1 may be less
_UNMOVED: Mapping[str, object] = dict.fromkeys(("transform", "rotate", "scale", "translate"))
_FIXED = {
    "box_sizing": "border-box",
    "display": "flex",
    "flex": None,
    "flex_grow": 0,
    "flex_shrink": 0,
    "aspect_ratio": None,
    "max_width": None,
    "max_height": None,
}


def without_unseen(
    root: Box, measure: Callable[[Box], Placed], can_draw: Callable[[Box], bool], drawings: Collection[str]
) -> Box:
    """Return the tree with an empty box in place of every drawing that is not seen.

    Args:
        root: The tree.
        measure: Lays a tree out.
        can_draw: Draws a tree, and tells whether that went well.
        drawings: The names of pictures that are SVG.
    """
    still = _changed(root, lambda _, node: _styled(node, _UNMOVED))
    regions = dict(_regions(still, measure(still)))
    boxes = {
        path: _empty(node, regions[path])
        for path, node in walk(root)
        if path in regions and _is_drawing(node, drawings) and node.style.display != "none"
    }

    def without(paths: Collection[str]) -> Box:
        return _changed(root, lambda path, node: boxes[path] if path in paths else node)

    def unseen(paths: Sequence[str]) -> list[str]:
        if not paths or can_draw(without(boxes.keys() - paths)):
            return []
        half = len(paths) // 2
        return [*unseen(paths[:half]), *unseen(paths[half:])] if half else [*paths]

    found = unseen(list(boxes))
    if can_draw(without(found)):
        return without(found)
    # Beside boxes of fixed size each came to stand well, beside the others not: the slivers are at fault.
    slivers = [path for path in boxes if min(regions[path].width, regions[path].height) < _SLIVER_PX]
    return without({*found, *slivers})


def _is_drawing(node: Node, drawings: Collection[str]) -> bool:
    if isinstance(node, Picture):
        return node.source in drawings or node.source[:14].lower() == "data:image/svg"
    return isinstance(node, Shape)


def _changed(root: Box, change: Callable[[str, Node], Node]) -> Box:
    def changed(node: Node, path: str) -> Node:
        new = change(path, node)
        if not isinstance(node, Box):
            return new
        children = tuple(changed(child, f"{path}.children[{at}]") for at, child in enumerate(node.children))
        return new.model_copy(update={"children": children})

    whole = changed(root, "root")
    assert isinstance(whole, Box)  # noqa: S101 - only what is no box becomes another kind of node
    return whole


def _styled(node: Node, update: Mapping[str, object]) -> Node:
    return node.model_copy(update={"style": node.style.model_copy(update=update)})


def _empty(node: Node, region: Region) -> Box:
    """Return a box that takes the drawing's place and looks like it, without the drawing."""
    size = {"width": region.width, "height": region.height}
    least = {"min_width": region.width, "min_height": region.height}
    return Box(style=node.style.model_copy(update=_FIXED | size | least), key=node.key)


def _regions(root: Box, placed: Placed) -> Iterator[tuple[str, Region]]:
    """Yield where every node stands; what is inside merged inline boxes is left out."""
    waiting: list[tuple[str, Node, Placed]] = [("root", root, placed)]
    while waiting:
        path, node, where = waiting.pop()
        yield path, where.region
        if isinstance(node, Box):
            pairs = enumerate(zip(node.children, where.children, strict=False))
            waiting.extend((f"{path}.children[{at}]", child, it) for at, (child, it) in pairs)
