"""Lengths, percentages, angles and plain numbers, alone and in `calc()`."""

from __future__ import annotations

from collections.abc import Callable

from .css import CssInvalid, Reader, Token

PX_PER_UNIT = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
"""Units of a fixed size."""

_RELATIVE = dict.fromkeys(("em", "rem", "lh", "rlh"), 100) | dict.fromkeys(
    (
        view + side
        for view, sides in {
            "v": ("w", "h", "min", "max"),
            "dv": ("w", "h"),
            "sv": ("w", "h"),
            "cq": ("w", "h", "i", "b", "min", "max"),
        }.items()
        for side in sides
    ),
    10,
)
"""How many pixels one of these counts when it is compared with the largest length."""

_DEGREES = {"deg": 1, "grad": 0.9, "rad": 57.29577951308232, "turn": 360}
_LARGEST_ANGLE = 36_000
_LARGEST_FACTOR = 1_000

LONGEST_PX = 10_000
"""The largest length; 100 em and 10,000 % are the same."""


class Measure:
    """Reads lengths within bounds.

    Args:
        most: The largest, in pixels.
        least: The smallest, in pixels; below zero only where a property allows it.
        percent: Percentages count too.
        relative: Units that depend on the font or the picture count too.
        words: These words do as well.
    """

    def __init__(
        self,
        most: float = LONGEST_PX,
        *,
        least: float = 0,
        percent: bool = True,
        relative: bool = True,
        words: tuple[str, ...] = (),
    ) -> None:
        self.most = most
        self.least = least
        self._percent = percent
        self._relative = relative
        self._words = words

    def __call__(self, reader: Reader) -> float:
        """Read one; return how large it is at the most, in pixels (0 for a word)."""
        if self._words and reader.word(*self._words):
            return 0.0
        if reader.function("calc"):
            size = self._sum(reader)
            if not size.is_length:
                raise CssInvalid("calc() makes no length here")
            return self._bounded(size.value)
        token = reader.next()
        if token.kind == "number":
            return self._bounded(token.value)
        return self._bounded(self._pixels(token))

    def _bounded(self, value: float) -> float:
        if not self.least <= value <= self.most:
            raise CssInvalid(f"lengths here go from {self.least:,g} to {self.most:,g} px")
        return value

    def _pixels(self, token: Token) -> float:
        if token.kind == "percentage" and self._percent:
            return token.value
        if token.kind == "dimension":
            factor = PX_PER_UNIT.get(token.unit) or (_RELATIVE.get(token.unit) if self._relative else None)
            if factor:
                return token.value * factor
        raise CssInvalid(f"{token.text!r} is no length that is known here")

    def _sum(self, reader: Reader) -> _Size:
        size = self._product(reader)
        while True:
            plus = reader.mark("+")
            if not plus and not reader.mark("-"):
                break
            other = self._product(reader)
            if size.is_length != other.is_length:
                raise CssInvalid("calc() cannot add a number to a length")
            size = _Size(size.value + (other.value if plus else -other.value), is_length=size.is_length)
        reader.need(")")
        return size

    def _product(self, reader: Reader) -> _Size:
        size = self._term(reader)
        while True:
            times = reader.mark("*")
            if not times and not reader.mark("/"):
                return size
            other = self._term(reader)
            if not times and (other.is_length or abs(other.value) < 1 / _LARGEST_FACTOR):
                raise CssInvalid("calc() divides by numbers only, and not by such small ones")
            if size.is_length and other.is_length:
                raise CssInvalid("calc() cannot multiply lengths")
            value = size.value * other.value if times else size.value / other.value
            size = _Size(value, is_length=size.is_length or other.is_length)

    def _term(self, reader: Reader) -> _Size:
        if reader.function("calc"):
            return self._sum(reader)
        token = reader.next()
        if token.kind == "number":
            if abs(token.value) > _LARGEST_FACTOR:
                raise CssInvalid("that factor is out of all proportion")
            return _Size(token.value, is_length=False)
        return _Size(self._pixels(token), is_length=True)


class _Size:
    def __init__(self, value: float, *, is_length: bool) -> None:
        if abs(value) > LONGEST_PX * _LARGEST_FACTOR:
            raise CssInvalid("calc() grows out of all proportion")
        self.value = value
        self.is_length = is_length


def angle(reader: Reader, *, bare: bool = False) -> float:
    """Read an angle; return it in degrees. A bare number other than 0 only where `bare`."""
    token = reader.next()
    if token.kind == "number" and (bare or token.value == 0):
        degrees = token.value
    elif token.kind == "dimension" and token.unit in _DEGREES:
        degrees = token.value * _DEGREES[token.unit]
    else:
        raise CssInvalid(f"{token.text!r} is no angle")
    if abs(degrees) > _LARGEST_ANGLE:
        raise CssInvalid(f"angles go from -{_LARGEST_ANGLE:,} to {_LARGEST_ANGLE:,} degrees")
    return degrees


def number(least: float, most: float, *, percent: bool = False) -> Callable[[Reader], float]:
    """Return a reader of a number within bounds, or of a percentage as the share it is."""

    def read(reader: Reader) -> float:
        token = reader.take("number", "percentage") if percent else reader.take("number")
        if token is None:
            came = repr(reader.ahead.text) if reader.ahead else "the end"
            raise CssInvalid(f"a number was to come before {came}")
        value = token.value / 100 if token.kind == "percentage" else token.value
        if not least <= value <= most:
            raise CssInvalid(f"numbers here go from {least:,g} to {most:,g}")
        return value

    return read


_side = number(0.001, LONGEST_PX)


def whole(least: int, most: int) -> Callable[[Reader], int]:
    """Return a reader of a whole number within bounds."""
    read_number = number(least, most)

    def read(reader: Reader) -> int:
        value = read_number(reader)
        if value != int(value):
            raise CssInvalid("a whole number was to come")
        return int(value)

    return read


def read_ratio(reader: Reader) -> None:
    """Read `auto`, a number, or two with a slash between them."""
    if reader.word("auto"):
        return
    width = _side(reader)
    height = _side(reader) if reader.mark("/") else 1.0
    if not 1 / _LARGEST_FACTOR <= width / height <= _LARGEST_FACTOR:
        raise CssInvalid("ratios go from 1:1000 to 1000:1")


def sides(read: Callable[[Reader], object], most: int = 4) -> Callable[[Reader], None]:
    """Return a reader of one to `most` of these, as for the sides of a box."""

    def read_sides(reader: Reader) -> None:
        reader.row(read, most)

    return read_sides


def one_of(*words: str) -> Callable[[Reader], str]:
    """Return a reader of one of these words."""

    def read(reader: Reader) -> str:
        word = reader.word(*words)
        if word is None:
            came = repr(reader.ahead.text) if reader.ahead else "the end"
            raise CssInvalid(f"{came} is none of {', '.join(words)}")
        return word

    return read
