"""What a measured tree tells: where each named node and each text stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postengine.render.image.draw.engine import Line, Placed
from postengine.render.image.geometry import Region
from postengine.render.image.tree import Box, Node, Text

from .phrases import BREAK


@dataclass(frozen=True)
class TextPlace:
    """A text where it stands.

    Attributes:
        path: Such as `root.children[2]`.
        key: The node's own, if it has one.
        text: As it was set, perhaps shortened.
        font_px: Its size.
        colour: As its style says.
        region: The box around its letters.
        lines: Top to bottom.
    """

    path: str
    key: str | None
    text: str
    font_px: float | str
    colour: str
    region: Region
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Layout:
    """Where everything stands.

    Attributes:
        regions: Of every node with a key: its box; of a text, the box around its letters.
        boxes: Of every node, by path.
        texts: In the order in which they are painted.
    """

    regions: Mapping[str, Region]
    boxes: Mapping[str, Region]
    texts: tuple[TextPlace, ...]


def layout_of(root: Box, placed: Placed) -> Layout:
    """Return the layout of a measured tree."""
    regions: dict[str, Region] = {}
    boxes: dict[str, Region] = {}
    texts: list[TextPlace] = []
    for path, node, where in walked(root, placed):
        boxes[path] = where.region
        region = where.text_region if isinstance(node, Text) else where.region
        if node.key is not None:
            regions[node.key] = region
        if isinstance(node, Text):
            size, colour = node.style.font_size or 16.0, node.style.color or "#000"
            text = node.text.replace(BREAK, "")
            texts.append(TextPlace(path, node.key, text, size, colour, region, where.lines))
    return Layout(regions, boxes, tuple(texts))


def walked(root: Box, placed: Placed) -> Iterator[tuple[str, Node, Placed]]:
    """Yield every node that was placed with its path and place, in document order."""
    waiting: list[tuple[str, Node, Placed]] = [("root", root, placed)]
    while waiting:
        path, node, where = waiting.pop()
        yield path, node, where
        if isinstance(node, Box) and where.children:
            pairs = list(enumerate(zip(node.children, where.children, strict=True)))
            waiting.extend((f"{path}.children[{at}]", child, it) for at, (child, it) in reversed(pairs))
