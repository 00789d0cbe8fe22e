"""Drawings that are not seen: takumi fails on an SVG of which less than a pixel would show.

Borders and padding may leave no room inside, a share of a small box rounds to nothing, or a position or
transform moves the drawing out of its box or the picture. Nothing of it is missed, so an empty box takes its
place; takumi must fail first, for only it knows which drawings it will not draw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from postengine.render.image.geometry import Region
from postengine.render.image.tree import Box, Node, Picture, Shape, walk

from .engine import Placed
from .grounds import is_svg
from .trials import IsWell, changed, styled, without_culprits

_UNMOVED: Mapping[str, object] = dict.fromkeys(("transform", "rotate", "scale", "translate"))
_SEEN_THROUGH = {"opacity": 0}
"""For what is inside merged inline boxes: where it stands is not told, so nothing can take its place."""

_FIXED = {
    "box_sizing": "border-box",
    "display": "inline-flex",
    "flex": None,
    "flex_grow": 0,
    "flex_shrink": 0,
    "aspect_ratio": None,
    "max_width": None,
    "max_height": None,
}


def without_unseen(
    root: Box, is_well: IsWell, measure: Callable[[Box], Placed], drawings: Collection[str]
) -> Box:
    """Return the tree with an empty box in place of every drawing that is not seen.

    Args:
        root: The tree.
        is_well: Tries a tree.
        measure: Lays a tree out.
        drawings: The names of pictures that are SVG.
    """
    still = changed(root, lambda _, node: styled(node, _UNMOVED))
    regions = dict(_regions(still, measure(still)))
    others = {
        path: _empty(node, regions[path]) if path in regions else styled(node, _SEEN_THROUGH)
        for path, node in walk(root)
        if _is_drawing(node, drawings) and node.style.display != "none"
    }
    return without_culprits(root, others, is_well)


def _is_drawing(node: Node, drawings: Collection[str]) -> bool:
    if isinstance(node, Picture):
        return is_svg(node.source, drawings)
    return isinstance(node, Shape)


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
