"""Fitting text into a box: shrink it, then shorten it, then refuse."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from postengine.render.errors import NodeRefused, StyleInvalid, TextDoesNotFit
from postengine.render.image.draw.engine import DrawingEngine, Placed
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Box, Fit, Node, Style, Text, walk

from .inherit import folded
from .phrases import BREAK
from .placing import around, rows_of, walked

ELLIPSIS = "…"
_JOINER = "\u200d"
_LOOSE = f",;:\u2013\u2014-·|&、。\uff0c {BREAK}"  # no comma, colon, dash or "&" stands before an ellipsis
_ENDLESS = Size(4096, 4096)
_COLUMN = Style(flex_direction="column")
_LETTER_EM = 0.56
"""How wide a letter of running text is, at a guess."""


@dataclass(frozen=True)
class FittedText:
    """A text that stays in its box.

    Attributes:
        text: The node to draw, perhaps smaller, perhaps shortened with an ellipsis.
        width_px: Of its widest line.
        height_px: Of all lines.
        lines: How many.
    """

    text: Text
    width_px: float
    height_px: float
    lines: int


def fit_text(engine: DrawingEngine, text: Text, fit: Fit, width_px: float) -> FittedText:
    """Set `text` as large as it goes, from its style's `font_size` down to `fit.min_px`.

    Args:
        engine: Measures.
        text: With its whole style, `font_size` in pixels; white space is folded.
        fit: How small, in how many lines, and whether it may be shortened.
        width_px: Of the box.

    Raises:
        TextDoesNotFit: Not even shortened to its first word (first letter, where words are not parted by
            spaces) at the smallest size.
        FontMissing: It has a letter that no font can draw.
    """
    return _settled(_Trial(engine, text, fit, width_px))


def placed_tree(
    engine: DrawingEngine, root: Box, size: Size, pictures: Mapping[str, bytes]
) -> tuple[Box, Placed]:
    """Return the tree with every text that has a `fit` at the size that fits, and where everything stands.

    Mostly all texts fit at their largest: then the layout that shows it is already the one that is wanted.

    Args:
        engine: Measures.
        root: With its texts' styles written into them.
        size: Of the canvas.
        pictures: Those of the tree, or drawings of their sizes.

    Raises:
        StyleInvalid: A text to be fitted has no width or size in pixels.
        TextDoesNotFit: As of `fit_text`.
    """
    trials = {
        path: _trial(engine, node, node.fit, path)
        for path, node in walk(root)
        if isinstance(node, Text) and node.fit is not None
    }
    texts = {path: trial.hoped() for path, trial in trials.items()}
    hoped = _replaced(root, "root", texts) if texts else root
    placed = engine.measure(hoped, size, pictures)
    canvas = Region(0, 0, *size)
    places = {path: where for path, _, where in walked(hoped, placed) if canvas.holds(where.region)}
    others = {
        path: _settled(trial).text
        for path, trial in trials.items()
        if path not in places or not trial.stands(places[path])
    }
    if not others:
        return hoped, placed
    settled = _replaced(root, "root", texts | others)
    return settled, engine.measure(settled, size, pictures)


def _trial(engine: DrawingEngine, text: Text, fit: Fit, path: str) -> _Trial:
    _pixels(text.style.font_size, f"{path}.style.fontSize")
    return _Trial(engine, text, fit, _pixels(text.style.width, f"{path}.style.width"), path)


def _pixels(value: float | str | None, path: str) -> float:
    if isinstance(value, int | float):
        return value
    given = "none" if value is None else repr(value)
    raise StyleInvalid.one(
        path, f"Expected a number of pixels for a text that is to be fitted, got {given}; give one."
    )


def _replaced(box: Box, path: str, texts: Mapping[str, Text]) -> Box:
    def one(child: Node, at: str) -> Node:
        return _replaced(child, at, texts) if isinstance(child, Box) else texts.get(at, child)

    children = tuple(one(child, f"{path}.children[{index}]") for index, child in enumerate(box.children))
    is_same = all(new is old for new, old in zip(children, box.children, strict=True))
    return box if is_same else box.model_copy(update={"children": children})


def _settled(trial: _Trial) -> FittedText:
    """Return the text at the largest size, and the greatest length, at which it keeps its box."""
    content, least = trial.text.text, trial.fit.min_px
    sizes = _sizes(trial.largest, least)
    size_at = _first(len(sizes), lambda index: trial.fits(content, sizes[index]))
    if size_at is not None:
        return trial.set(content, sizes[size_at])
    shorter = _shortened(content) if trial.fit.may_shorten else ()
    short_at = _first(len(shorter), lambda index: trial.fits(shorter[index], least))
    if short_at is None:
        raise trial.refusal()
    return trial.set(shorter[short_at], least)


def _sizes(largest: float, smallest: float) -> list[float]:
    """Return the sizes to try, from the largest: steps of one pixel."""
    count = int(largest - smallest)
    return [largest - step for step in range(count + 1) if largest - step > smallest] + [smallest]


def _first(count: int, holds: Callable[[int], bool]) -> int | None:
    """Return the first index for which `holds`, given that it holds for all after it.

    The very first is tried first: most texts fit at their largest.
    """
    if count and holds(0):
        return 0
    low, high = 1, count
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low if low < count else None


def _shortened(text: str) -> Sequence[str]:
    """Return ever shorter forms with an ellipsis: by words (or phrases), or by letters of a single one."""
    ends = [at for at, character in enumerate(text) if character in {" ", BREAK}]
    if not ends:
        ends = [at for at in range(1, len(text)) if not _belongs(text[at - 1], text[at])]
    begun = (text[:end].rstrip(_LOOSE) for end in reversed(ends))
    return [beginning + ELLIPSIS for beginning in begun if beginning]


def _belongs(before: str, character: str) -> bool:
    """Whether a character is one letter with what is before it: a mark, a joiner, what a joiner joins."""
    return before == _JOINER or character == _JOINER or unicodedata.category(character).startswith("M")


class _Trial:
    """Sets one text at sizes and lengths, and says whether it stays in its box."""

    def __init__(
        self, engine: DrawingEngine, text: Text, fit: Fit, width_px: float, path: str | None = None
    ) -> None:
        self._engine = engine
        self.text = text.model_copy(update={"text": folded(text.text)})
        self.fit = fit
        size = text.style.font_size
        self.largest = max(float(size) if isinstance(size, int | float) else 0.0, fit.min_px)
        self._width = width_px
        self._path = path
        self._known: dict[tuple[str, float], Placed] = {}

    def hoped(self) -> Text:
        """Return the text as it is set if it fits at its largest, in one line if it may well need no more."""
        node = self._node(self.text.text, self.largest)
        return _hugging(node) if self._is_short else node

    def stands(self, placed: Placed) -> bool:
        """Whether `hoped` came out as it would have been set."""
        rows = _rows(placed)
        is_as_set = rows == 1 if self._is_short else 1 < rows <= self.fit.max_lines
        return is_as_set and not self._overflows(placed)

    @property
    def _is_short(self) -> bool:
        """A guess: whether the text takes one line."""
        return self.fit.max_lines == 1 or len(self.text.text) * self.largest * _LETTER_EM < self._width

    def fits(self, content: str, size_px: float) -> bool:
        placed = self._placed(content, size_px)
        return _rows(placed) <= self.fit.max_lines and not self._overflows(placed)

    def set(self, content: str, size_px: float) -> FittedText:
        placed = self._placed(content, size_px)
        rows = _rows(placed)
        node = self._node(content, size_px)
        if rows == 1:
            node = _hugging(node)
        return FittedText(node, placed.text_region.width, placed.region.height, rows)

    def refusal(self) -> TextDoesNotFit:
        size = self.fit.min_px
        placed = self._placed(self.text.text, size)
        row_px = placed.region.height / max(_rows(placed), 1)
        too_wide = self._overflows(placed)
        needed = placed.text_region.width if too_wide else placed.region.height
        box = self._width, row_px * self.fit.max_lines
        error = TextDoesNotFit(self.text.text, box=box, needed_px=needed)
        error.path = self._path
        return error

    def _overflows(self, placed: Placed) -> bool:
        return any(around(row).width > self._width + 0.5 for row in rows_of(placed.lines))

    def _node(self, content: str, size_px: float) -> Text:
        wrap = "balance" if self.fit.balanced and self.fit.max_lines > 1 else self.text.style.text_wrap
        changes = {"font_size": size_px, "width": self._width, "text_wrap": wrap, "flex_shrink": 0.0}
        style = self.text.style.model_copy(update=changes)
        return self.text.model_copy(update={"text": content, "style": style, "fit": None})

    def _placed(self, content: str, size_px: float) -> Placed:
        found = self._known.get((content, size_px))
        if found is None:
            # Lines below the canvas are dropped, so a text is measured on a large one.
            root = Box(style=_COLUMN, children=(self._node(content, size_px),))
            found = self._known[content, size_px] = self._measured(root)
        return found

    def _measured(self, root: Box) -> Placed:
        try:
            return self._engine.measure(root, _ENDLESS, {}).children[0]
        except NodeRefused as error:
            error.path = self._path  # the engine's own leads through a tree that only this trial knows
            raise


def _hugging(node: Text) -> Text:
    """Return a single line that takes no more room than it needs, so that what is beside it can come near.

    One that is aligned to the middle or the end of its box keeps the box.
    """
    if node.style.text_align not in {None, "left", "start"}:
        return node
    return node.model_copy(
        update={"style": node.style.model_copy(update={"width": None, "white_space": "nowrap"})}
    )


def _rows(placed: Placed) -> int:
    """Return how many lines a text takes."""
    return len(rows_of(placed.lines))
