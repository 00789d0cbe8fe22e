"""Borders, shadows and filters."""

from __future__ import annotations

from collections.abc import Callable

from .colours import read_colour
from .css import CssInvalid, Reader
from .lengths import Measure, angle, number, one_of

LARGEST_BLUR_PX = 200
"""Of one blur, and of all blurs of a value together: the time to blur grows with it."""

_MOST_SHADOWS = 8
_MOST_FILTERS = 8
_MOST_BLURS = 3
_LINES = ("solid", "dashed", "dotted", "double", "none", "hidden", "groove", "ridge", "inset", "outset")

line_style = one_of(*_LINES)
line_width = Measure(1_000, percent=False, words=("thin", "medium", "thick"))
_offset = Measure(2_000, least=-2_000, percent=False)
_spread = Measure(1_000, least=-1_000, percent=False)
_blur = Measure(LARGEST_BLUR_PX, percent=False, relative=False)
_amount = number(0, 100, percent=True)
_share = number(0, 1, percent=True)


def read_border(reader: Reader) -> None:
    """Read a width, a style and a colour, each at most once, in any order."""
    parts: dict[str, Callable[[Reader], object]] = {
        "width": line_width,
        "style": line_style,
        "colour": read_colour,
    }
    while not reader.is_done:
        found = next((name for name, read in parts.items() if reader.maybe(read)), None)
        if found is None:
            raise CssInvalid(f"{reader.next().text!r} is no width, style or colour, or one too many")
        del parts[found]


def read_box_shadows(reader: Reader) -> None:
    """Read `none`, or shadows: `inset 0 2px 8px 1px rgb(0 0 0 / 40%)`."""
    if not reader.word("none"):
        _bounded(reader.series(_box_shadow, _MOST_SHADOWS, "shadows"), 2 * LARGEST_BLUR_PX)


def read_text_shadows(reader: Reader) -> None:
    """Read `none`, or shadows: `0 2px 8px black`."""
    if not reader.word("none"):
        _bounded(reader.series(_text_shadow, _MOST_SHADOWS, "shadows"), LARGEST_BLUR_PX)


def read_filters(reader: Reader) -> None:
    """Read `none`, or filter functions one after another."""
    if reader.word("none"):
        return
    blurs = reader.row(_filter, _MOST_FILTERS)
    if sum(blur > 0 for blur in blurs) > _MOST_BLURS:
        raise CssInvalid(f"there may be at most {_MOST_BLURS} blurs")
    _bounded(blurs, LARGEST_BLUR_PX)


def _bounded(blurs: list[float], most: float) -> None:
    if sum(blurs) > most:
        raise CssInvalid(f"its blurs together may be at most {most} px")


def _box_shadow(reader: Reader) -> float:
    is_inset = bool(reader.word("inset"))
    blur = _shadow(reader, with_spread=True)
    if not is_inset:
        reader.word("inset")
    return blur


def _text_shadow(reader: Reader) -> float:
    return _shadow(reader, with_spread=False)


def _shadow(reader: Reader, *, with_spread: bool) -> float:
    """Read a shadow; return its blur in pixels."""
    has_colour = _colour(reader)
    _offset(reader)
    _offset(reader)
    blur = _length(reader, _blur)
    if with_spread and blur is not None:
        _length(reader, _spread)
    if not has_colour:
        _colour(reader)
    return blur or 0.0


def _length(reader: Reader, read: Measure) -> float | None:
    ahead = reader.ahead
    if ahead is None or (ahead.kind not in ("number", "dimension") and ahead.name != "calc"):
        return None
    return read(reader)


def _colour(reader: Reader) -> bool:
    ahead = reader.ahead
    is_colour = (
        ahead is not None
        and (ahead.kind in ("hash", "function", "word"))
        and ahead.name not in ("calc", "inset")
    )
    if is_colour:
        read_colour(reader)
    return is_colour


def _filter(reader: Reader) -> float:
    """Read a filter function; return its blur in pixels."""
    name = reader.function(*_FILTERS)
    if name is None:
        came = repr(reader.ahead.text) if reader.ahead else "the end"
        raise CssInvalid(f"{came} is no filter")
    read = _FILTERS[name]
    size = read(reader)
    reader.need(")")
    return size if name in ("blur", "drop-shadow") else 0.0


_FILTERS: dict[str, Callable[[Reader], float]] = {
    "blur": _blur,
    "drop-shadow": _text_shadow,
    "hue-rotate": angle,
    **dict.fromkeys(("brightness", "contrast", "saturate"), _amount),
    **dict.fromkeys(("grayscale", "invert", "opacity", "sepia"), _share),
}
