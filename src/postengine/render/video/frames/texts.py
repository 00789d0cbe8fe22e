"""The texts of layers that stand on whatever is filmed, for which a shade must make up."""

from __future__ import annotations

from collections.abc import Iterator

from postengine.render.image.compose.scrims import Standing, standing
from postengine.render.image.geometry import Region, Size
from postengine.render.image.layout import Layout, TextPlace
from postengine.render.image.tree import Box, Node, Style, parse_colour, walk

PLATE_OPACITY = 0.6
"""From this opacity on a ground of its own makes a text readable."""


def bare_texts(tree: Box, layout: Layout, size: Size) -> tuple[Standing, ...]:
    """Return the texts of a layer that have no ground of their own.

    Args:
        tree: The layer.
        layout: Of that tree.
        size: Of the canvas.
    """
    nodes = dict(walk(tree))
    whole = Region(0, 0, *size)
    found: list[Standing] = []
    for text in layout.texts:
        around = [nodes[path] for path in _ways(text.path) if path in nodes]
        opacity = _opacity(around)
        if opacity > 0 and not any(_is_plate(node.style) for node in around):
            found.append(standing(_lines(text), whole, text.colour, opacity))
    return tuple(found)


def _lines(text: TextPlace) -> Region:
    """Return the box around a text's lines; its own may have been stretched far beyond."""
    if not text.lines:
        return text.region
    left = min(line.region.x for line in text.lines)
    right = max(line.region.right for line in text.lines)
    top = max(min(line.region.y for line in text.lines), text.region.y)
    bottom = min(max(line.region.bottom for line in text.lines), text.region.bottom)
    return Region(left, top, right - left, max(bottom - top, 0.0))


def _ways(path: str) -> Iterator[str]:
    """Yield the paths of a node and of all around it.

    >>> list(_ways("root.children[2].children[0]"))
    ['root.children[2].children[0]', 'root.children[2]', 'root']
    """
    while path:
        yield path
        path = path.rpartition(".children[")[0]


def _opacity(nodes: list[Node]) -> float:
    whole = 1.0
    for node in nodes:
        whole *= 1.0 if node.style.opacity is None else node.style.opacity
    return whole


def _is_plate(style: Style) -> bool:
    for value in (style.background_color, style.background):
        colour = parse_colour(value) if value is not None else None
        if colour is not None and colour.alpha >= PLATE_OPACITY:
            return True
    return False
