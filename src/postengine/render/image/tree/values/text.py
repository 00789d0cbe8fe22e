"""What texts take: families, features and axes of fonts, decorations, clamps."""

from __future__ import annotations

import re

from .colours import read_colour
from .css import CssInvalid, Reader, Token
from .lengths import LONGEST_PX, Measure, one_of, whole

_MOST_FAMILIES = 32
_MOST_NAME = 100
_MOST_SETTINGS = 32
_MOST_ELLIPSIS = 200
_TAG = re.compile(r"[ -~]{4}")
_LINES = ("underline", "overline", "line-through")

_feature = whole(0, 999)
_lines_kept = whole(1, 1_000)
_thickness = Measure(1_000)
_stroke = Measure(200, percent=False)


def read_families(reader: Reader) -> None:
    """Read names of font families in order of preference."""
    reader.series(_family, _MOST_FAMILIES, "families")


def read_features(reader: Reader) -> None:
    """Read OpenType features: `"tnum", "liga" off`."""
    if not reader.word("normal"):
        reader.series(_feature_setting, _MOST_SETTINGS, "features")


def read_axes(reader: Reader) -> None:
    """Read a variable font's axes: `"wght" 650`."""
    if not reader.word("normal"):
        reader.series(_axis_setting, _MOST_SETTINGS, "axes")


def read_decoration(reader: Reader) -> None:
    """Read lines, their thickness, colour and style, in any order."""
    if reader.word("none"):
        return
    seen: set[str] = set()
    while not reader.is_done:
        part = _decoration_part(reader)
        if part in seen:
            raise CssInvalid(f"{part} stands twice")
        seen.add(part)
    if not seen & set(_LINES):
        raise CssInvalid(f"a line was to come: {', '.join(_LINES)}")


def read_decoration_lines(reader: Reader) -> None:
    """Read `none`, or lines."""
    if not reader.word("none"):
        words = reader.row(one_of(*_LINES), 3)
        if len(set(words)) < len(words):
            raise CssInvalid("a line stands twice")


def read_overflow(reader: Reader) -> None:
    """Read what ends a text that is cut: nothing, an ellipsis, or a string."""
    if not reader.word("clip", "ellipsis"):
        _ellipsis(reader)


def read_clamp(reader: Reader) -> None:
    """Read how many lines are kept, and what then ends the last one."""
    if not reader.word("none"):
        _lines_kept(reader)
        if not reader.is_done:
            _ellipsis(reader)


def read_stroke(reader: Reader) -> None:
    """Read the width, then the colour of a line around letters."""
    if not reader.word("none"):
        _stroke(reader)
        if not reader.is_done:
            read_colour(reader)


def _family(reader: Reader) -> None:
    if (token := reader.take("string")) is not None:
        name = token.text[1:-1].strip()
    else:
        words: list[str] = []
        while (word := reader.take("word")) is not None:
            words.append(word.text)
        name = " ".join(words)
    if not 0 < len(name) <= _MOST_NAME:
        raise CssInvalid("a family's name is words, or a string if it holds anything else")


def _tag(reader: Reader) -> Token:
    token = reader.take("string")
    if token is None or not _TAG.fullmatch(token.text[1:-1]):
        raise CssInvalid('a tag is a string of four letters, such as "tnum"')
    return token


def _feature_setting(reader: Reader) -> None:
    _tag(reader)
    if not reader.word("on", "off") and reader.ahead is not None and reader.ahead.kind == "number":
        _feature(reader)


def _axis_setting(reader: Reader) -> None:
    _tag(reader)
    token = reader.take("number")
    if token is None or abs(token.value) > LONGEST_PX:
        raise CssInvalid("an axis has a tag and a number")


def _decoration_part(reader: Reader) -> str:
    if (line := reader.word(*_LINES)) is not None:
        return line
    if reader.word("solid"):
        return "a style"
    if reader.word("from-font", "auto") or reader.maybe(_thickness):
        return "a thickness"
    read_colour(reader)
    return "a colour"


def _ellipsis(reader: Reader) -> None:
    token = reader.take("string")
    if token is None or len(token.text) > _MOST_ELLIPSIS:
        raise CssInvalid("what ends the text is a string")
