"""Fitting text into a box: shrink it, then shorten it, then refuse."""

from __future__ import annotations

from dataclasses import dataclass

from postengine.render.errors import TextDoesNotFit

from .engine import DrawingEngine
from .nodes import Font

ELLIPSIS = "…"
_LOOSE = ",;:\u2013\u2014-·|& "  # no comma, colon, dash or "&" stands before an ellipsis


@dataclass(frozen=True)
class FittedText:
    """A text that stays in its box.

    Attributes:
        content: The text, perhaps shortened with an ellipsis.
        font: At the size that fits.
        width_px: Break lines at this width: the narrowest that takes no further line, so that lines are of
            similar length and no word stands alone.
        height_px: Of all lines.
        lines: How many.
    """

    content: str
    font: Font
    width_px: float
    height_px: float
    lines: int


def fit_text(
    engine: DrawingEngine,
    text: str,
    font: Font,
    *,
    width_px: float,
    max_lines: int,
    min_size_px: float,
    may_shorten: bool = True,
) -> FittedText:
    """Set `text` as large as it goes, from the font's size down to `min_size_px`.

    Args:
        engine: Measures.
        text: What to set; white space is folded.
        font: At its largest size.
        width_px: Of the box.
        max_lines: The box's height in lines.
        min_size_px: The smallest size.
        may_shorten: At the smallest size, drop words from the end and put an ellipsis.

    Raises:
        TextDoesNotFit: Not even shortened to its first word at the smallest size.
    """
    content = engine.drawable(" ".join(text.split()))
    size = font.size_px
    while size > min_size_px:
        if _fits(engine, content, font.sized(size), width_px, max_lines):
            return _balanced(engine, content, font.sized(size), width_px)
        size -= 2
    smallest = font.sized(min_size_px)
    for shorter in (content, *(_shortened(content) if may_shorten else ())):
        if _fits(engine, shorter, smallest, width_px, max_lines):
            return _balanced(engine, shorter, smallest, width_px)
    raise _does_not_fit(engine, content, smallest, width_px, max_lines)


def _fits(engine: DrawingEngine, text: str, font: Font, width_px: float, max_lines: int) -> bool:
    extent = engine.measure_text(text, font, width_px)
    return extent.lines <= max_lines and extent.width_px <= width_px + 0.5


def _shortened(text: str) -> list[str]:
    words = text.split(" ")
    return [" ".join(words[:count]).rstrip(_LOOSE) + ELLIPSIS for count in range(len(words) - 1, 0, -1)]


def _balanced(engine: DrawingEngine, text: str, font: Font, width_px: float) -> FittedText:
    extent = engine.measure_text(text, font, width_px)
    narrowest, widest = width_px / 3, width_px
    while extent.lines > 1 and widest - narrowest > 4:
        middle = (narrowest + widest) / 2
        if _fits(engine, text, font, middle, extent.lines):
            widest = middle
        else:
            narrowest = middle
    return FittedText(text, font, widest, extent.height_px, extent.lines)


def _does_not_fit(
    engine: DrawingEngine, text: str, font: Font, width_px: float, max_lines: int
) -> TextDoesNotFit:
    extent = engine.measure_text(text, font, width_px)
    height = max_lines * font.size_px * font.line_height
    needed = extent.width_px if extent.width_px > width_px else extent.height_px
    return TextDoesNotFit(text, box=(width_px, height), needed_px=needed)
