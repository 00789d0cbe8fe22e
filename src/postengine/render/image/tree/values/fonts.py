"""Sizes, weights and widths of letters, and how far relative sizes grow."""

from __future__ import annotations

from .css import CssInvalid, Reader
from .lengths import Measure, number, one_of
from .property import checked

LARGEST_FONT_PX = 2_000

_ROOT_PX = 16.0
_NAMED = ("xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_LARGEST_NAMED_PX = 48.0
_STRETCHES = (
    "normal",
    *(f"{how}{what}" for what in ("condensed", "expanded") for how in ("ultra-", "extra-", "semi-", "")),
)

font_size = Measure(LARGEST_FONT_PX, least=0.1, words=(*_NAMED, "larger", "smaller"))
_line_height = Measure(4_000, words=("normal",))
_multiple = number(0, 20)
_weight = number(1, 1_000)


def read_weight(reader: Reader) -> None:
    """Read how bold letters are."""
    if reader.word("normal", "bold", "bolder", "lighter") is None:
        _weight(reader)


def read_stretch(reader: Reader) -> None:
    """Read how wide letters are."""
    if (token := reader.take("percentage")) is None:
        one_of(*_STRETCHES)(reader)
    elif not 50 <= token.value <= 200:
        raise CssInvalid("widths go from 50% to 200%")


def read_line_height(reader: Reader) -> None:
    """Read a multiple of the font's size, or a length."""
    if reader.ahead is not None and reader.ahead.kind == "number":
        _multiple(reader)
    else:
        _line_height(reader)


def growth(size: float | str, around_px: float) -> float:
    """Return about how many pixels a checked font size is inside one of `around_px`; rather too many.

    >>> growth("150%", 20), growth(12, 20)
    (30.0, 12)
    """
    if not isinstance(size, str):
        return size
    px = checked(font_size, size)[1]
    word = size.lower()
    if word in ("larger", "smaller"):
        return around_px * 1.5 if word == "larger" else around_px
    if word in _NAMED:
        return _LARGEST_NAMED_PX
    if word.startswith("calc("):
        return px * max(around_px / _ROOT_PX, 1.0)
    if word.endswith("rem"):
        return px / 100 * _ROOT_PX
    if word.endswith(("em", "%")):
        return px / 100 * around_px
    return px
