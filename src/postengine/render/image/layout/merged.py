"""Pictures inside inline boxes that the engine merges into lines: it does not tell where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postengine.render.image.draw.engine import DrawingEngine, Placed
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Box, Node, Picture, Shape, Style, walk

from .placing import walked

_LOOSE = Style(display="grid", justify_items="start", align_items="start")


def merged_pictures(
    engine: DrawingEngine, root: Box, placed: Placed, size: Size, pictures: Mapping[str, bytes]
) -> Iterator[tuple[str, Region]]:
    """Yield the path of each such picture or shape, and how large it is when it stands alone.

    Args:
        engine: Measures.
        root: The tree.
        placed: Where its nodes stand.
        size: Of the canvas.
        pictures: Those of the tree, or drawings of their sizes.
    """
    merged = dict(_merged(root, placed))
    if merged:
        alone = engine.measure(Box(style=_LOOSE, children=tuple(merged.values())), size, pictures)
        yield from zip(merged, (where.region for where in alone.children), strict=True)


def _merged(root: Box, placed: Placed) -> Iterator[tuple[str, Node]]:
    for path, box, where in walked(root, placed):
        if isinstance(box, Box) and not where.children and box.style.display != "none":
            inside = ((f"{path}{at.removeprefix('root')}", node) for at, node in walk(box))
            yield from ((at, node) for at, node in inside if isinstance(node, Picture | Shape))
