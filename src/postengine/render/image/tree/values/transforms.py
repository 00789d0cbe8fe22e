"""Moves, turns and scalings of a node."""

from __future__ import annotations

import math
from collections.abc import Callable

from .css import CssInvalid, Reader, Token
from .images import read_position
from .lengths import LONGEST_PX, Measure, angle, number
from .property import checked

LARGEST_SCALE = 100.0
"""Of one node, all its functions together; the engine panics at 1e10."""

_MOST_FUNCTIONS = 16
_STEEPEST_SKEW = 85

_move = Measure(least=-LONGEST_PX)
_factor = number(-LARGEST_SCALE, LARGEST_SCALE, percent=True)
_entry = number(-LARGEST_SCALE, LARGEST_SCALE)
_shift = number(-LONGEST_PX, LONGEST_PX)


def read_transforms(reader: Reader) -> float:
    """Read `none`, or transform functions one after another; return how many times they enlarge."""
    if reader.word("none"):
        return 1.0
    return _bounded(math.prod(reader.row(_function, _MOST_FUNCTIONS)))


def read_scale(reader: Reader) -> float:
    """Read one or two factors; return the larger."""
    return max(abs(factor) for factor in reader.row(_factor, 2))


def read_translate(reader: Reader) -> None:
    """Read one or two lengths."""
    reader.row(_move, 2)


def read_rotate(reader: Reader) -> None:
    """Read an angle, or `none`."""
    if not reader.word("none"):
        angle(reader)


def read_origin(reader: Reader) -> None:
    """Read the point that stays where it is."""
    read_position(reader)


def magnification(transform: str | None, scale: str | float | None) -> float:
    """Return how many times checked values of `transform` and `scale` enlarge a node, at least 1.

    >>> magnification("rotate(45deg) scale(2, 3)", 1.5)
    4.5
    """
    times = 1.0 if transform is None else max(checked(read_transforms, transform)[1], 1.0)
    if scale is None:
        return times
    factor = checked(read_scale, scale)[1] if isinstance(scale, str) else abs(scale)
    return times * max(factor, 1.0)


def _bounded(times: float) -> float:
    if times > LARGEST_SCALE:
        raise CssInvalid(f"all functions together may enlarge {LARGEST_SCALE:g} times at the most")
    return times


def _function(reader: Reader) -> float:
    """Read a function; return how many times it enlarges."""
    if not reader.is_done and reader.at and not reader.tokens[reader.at].is_apart:
        raise CssInvalid("a space was to stand between two functions")
    name = reader.function(*_FUNCTIONS)
    if name is None:
        came = repr(reader.ahead.text) if reader.ahead else "the end"
        raise CssInvalid(f"{came} is none of {', '.join(_FUNCTIONS)}")
    times = _FUNCTIONS[name](reader)
    reader.need(")")
    return times


def _translate(reader: Reader) -> float:
    _move(reader)
    if reader.mark(","):
        _move(reader)
    else:
        _complete(reader, "0px")
    return 1.0


def _skew(reader: Reader) -> float:
    across = _slant(reader)
    if reader.mark(","):
        return max(across, _slant(reader))
    _complete(reader, "0deg")
    return across


def _complete(reader: Reader, second: str) -> None:
    """Write the second argument where CSS lets it be left out; the engine wants it."""
    unit = second.lstrip("0")
    added = (Token("mark", ","), Token("dimension", second, 0.0, unit, is_apart=True))
    reader.tokens[reader.at : reader.at] = added
    reader.at += 2


def _scale(reader: Reader) -> float:
    across = abs(_factor(reader))
    return max(across, abs(_factor(reader))) if reader.mark(",") else across


def _turn(reader: Reader) -> float:
    angle(reader)
    return 1.0


def _slant(reader: Reader) -> float:
    degrees = angle(reader)
    if abs(degrees) > _STEEPEST_SKEW:
        raise CssInvalid(f"a skew goes from -{_STEEPEST_SKEW} to {_STEEPEST_SKEW} degrees")
    return 1 + abs(math.tan(math.radians(degrees)))


def _one_move(reader: Reader) -> float:
    _move(reader)
    return 1.0


def _matrix(reader: Reader) -> float:
    entries = [_entry(reader)]
    for read in (_entry, _entry, _entry, _shift, _shift):
        reader.need(",")
        entries.append(read(reader))
    a, b, c, d, *_ = entries
    return max(math.hypot(a, b), math.hypot(c, d))


_FUNCTIONS: dict[str, Callable[[Reader], float]] = {
    "translate": _translate,
    "translatex": _one_move,
    "translatey": _one_move,
    "scale": _scale,
    "scalex": lambda reader: abs(_factor(reader)),
    "scaley": lambda reader: abs(_factor(reader)),
    "rotate": _turn,
    "skew": _skew,
    "skewx": _slant,
    "skewy": _slant,
    "matrix": _matrix,
}
