"""What a measured tree tells: where each named node and each text stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

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
        lines: Whole ones, top to bottom.
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
            lines = tuple(_whole_lines(text, rows_of(where.lines)))
            texts.append(TextPlace(path, node.key, text, size, colour, region, lines))
    return Layout(regions, boxes, tuple(texts))


def rows_of(pieces: Sequence[Line]) -> list[list[Line]]:
    """Return the pieces of a text by lines: a line is in several, where fonts or directions change in it."""
    rows: list[list[Line]] = []
    half = pieces[0].region.height / 2 if pieces else 0.0
    for piece in sorted(pieces, key=_middle):
        if rows and _middle(piece) - _middle(rows[-1][-1]) <= half:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def around(row: Sequence[Line]) -> Region:
    """Return the place of a whole line."""
    regions = [piece.region for piece in row]
    left, top = min(one.x for one in regions), min(one.y for one in regions)
    right, bottom = max(one.right for one in regions), max(one.bottom for one in regions)
    return Region(left, top, right - left, bottom - top)


def _middle(piece: Line) -> float:
    return piece.region.y + piece.region.height / 2


def _whole_lines(text: str, rows: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Yield each line in one piece, its words in the order in which they are read.

    The engine tells pieces from left to right, without the spaces between them; how many letters stand in a
    line says which ones.
    """
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    ends = list(accumulate((sum(_letter_count(piece) for piece in row) for row in rows), initial=0))
    for row, (start, end) in zip(rows, pairwise(ends), strict=True):
        said = "".join(piece.text for piece in sorted(row, key=lambda piece: piece.region.x))
        if ends[-1] == len(letters) and start < end:  # as written, not in capitals or cut by `line_clamp`
            hanging = " " if any(piece.text.endswith(" ") for piece in row) else ""
            said = text[letters[start] : letters[end - 1] + 1] + hanging
        yield Line(said.replace(BREAK, ""), around(row))


def _letter_count(piece: Line) -> int:
    return sum(not letter.isspace() and letter != BREAK for letter in piece.text)


def walked(root: Box, placed: Placed) -> Iterator[tuple[str, Node, Placed]]:
    """Yield every node that was placed with its path and place, in document order."""
    waiting: list[tuple[str, Node, Placed]] = [("root", root, placed)]
    while waiting:
        path, node, where = waiting.pop()
        yield path, node, where
        if isinstance(node, Box) and where.children:
            pairs = list(enumerate(zip(node.children, where.children, strict=True)))
            waiting.extend((f"{path}.children[{at}]", child, it) for at, (child, it) in reversed(pairs))
