"""Shapes: corner forms, clip paths, and path data as SVG writes it."""

from __future__ import annotations

import re

from .css import CssInvalid, Reader, Token
from .lengths import LONGEST_PX, Measure, number, sides

_MOST_POINTS = 200
_MOST_COMMANDS = 2_000
_MOST_CHARACTERS = 20_000
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_COMMAND = re.compile(r"([MLHVCSQTAZ])([^MLHVCSQTAZ]*)", re.IGNORECASE)
_NUMBER = re.compile(r"[ \t\r\n,]*([+-]?(?:[0-9]*\.[0-9]+|[0-9]+\.?)(?:[eE][+-]?[0-9]+)?)")
_FLAG = re.compile(r"[ \t\r\n,]*([01])")
_SIDES = ("closest-side", "farthest-side")

radius = Measure()
_point = Measure(least=-LONGEST_PX)
_reach = Measure(words=_SIDES)
_bend = number(-100, 100)
_PERCENT = {"left": 0, "top": 0, "center": 50, "right": 100, "bottom": 100}


def read_radius(reader: Reader) -> None:
    """Read one to four radii, and after a slash those of the other axis."""
    reader.row(radius, 4)
    if reader.mark("/"):
        reader.row(radius, 4)


def read_corner(reader: Reader) -> None:
    """Read the form of one corner."""
    if reader.function("superellipse"):
        if not reader.word("infinity"):
            _bend(reader)
        reader.need(")")
    elif reader.word("round", "squircle", "square", "bevel", "scoop", "notch") is None:
        raise CssInvalid("corners are round, squircle, square, bevel, scoop, notch or superellipse(…)")


read_corners = sides(read_corner)


def read_clip(reader: Reader) -> None:
    """Read `none`, or the shape that is left of a node."""
    if reader.word("none"):
        return
    name = reader.function("circle", "ellipse", "inset", "polygon", "path")
    if name is None:
        raise CssInvalid("shapes are circle(), ellipse(), inset(), polygon() and path()")
    if name == "circle":
        if not _is_at(reader):
            _reach_unless_closed(reader)
        _centre(reader)
    elif name == "ellipse":
        reader.row(_reach, 2)
        _centre(reader)
    elif name == "inset":
        _inset(reader)
    elif name == "polygon":
        _polygon(reader)
    else:
        _path(reader)
    reader.need(")")


def check_path(text: str) -> str:
    """Return path data (SVG 2, section 9.3) if it can be drawn.

    Raises:
        CssInvalid: It is malformed, endless, or has numbers beyond all proportion.
    """
    if len(text) > _MOST_CHARACTERS:
        raise CssInvalid(f"path data has at most {_MOST_CHARACTERS:,} characters")
    text = text.strip(" \t\r\n")
    if text[:1] not in ("M", "m"):
        raise CssInvalid("path data begins with M")
    count = 0
    for name, rest in _COMMAND.findall(text):
        found = _numbers(name.upper(), rest)
        wanted = _ARGUMENTS[name.upper()]
        if (found == 0) != (wanted == 0) or (wanted and found % wanted):
            raise CssInvalid(f"{name} takes {wanted} numbers, or a multiple")
        count += max(found // max(wanted, 1), 1)
    if count > _MOST_COMMANDS:
        raise CssInvalid(f"path data has at most {_MOST_COMMANDS:,} commands")
    return text


def _numbers(command: str, text: str) -> int:
    at, count = 0, 0
    while text[at:].strip(" \t\r\n"):
        # An arc's two flags may stand without anything between them.
        is_flag = command == "A" and count % 7 in (3, 4)
        match = (_FLAG if is_flag else _NUMBER).match(text, at)
        if match is None or abs(float(match.group(1))) > LONGEST_PX:
            raise CssInvalid(f"numbers in path data go from -{LONGEST_PX:,} to {LONGEST_PX:,}")
        at = match.end()
        count += 1
    return count


def _is_at(reader: Reader) -> bool:
    return reader.ahead is not None and reader.ahead.name == "at"


def _reach_unless_closed(reader: Reader) -> None:
    if reader.ahead is not None and reader.ahead.text != ")":
        _reach(reader)


def _centre(reader: Reader) -> None:
    """Read `at` and a point; words become percentages, as the engine wants them."""
    if not reader.word("at"):
        return
    start = reader.at
    words = [word for _ in range(2) if (word := reader.word(*_PERCENT)) is not None]
    if not words:
        reader.row(_point, 2)
        return
    across = [word for word in words if word in ("left", "right")]
    down = [word for word in words if word in ("top", "bottom")]
    if len(across) > 1 or len(down) > 1 or (len(words) == 1 and not _ends(reader)):
        raise CssInvalid("a point is two lengths, or words for one side across and one down")
    x, y = (across or ["center"])[0], (down or ["center"])[0]
    reader.tokens[start : reader.at] = [
        Token("percentage", f"{_PERCENT[word]}%", _PERCENT[word], is_apart=True) for word in (x, y)
    ]
    reader.at = start + 2


def _ends(reader: Reader) -> bool:
    return reader.ahead is not None and reader.ahead.text == ")"


def _inset(reader: Reader) -> None:
    reader.row(_point, 4)
    if reader.word("round"):
        reader.row(radius, 4)


def _polygon(reader: Reader) -> None:
    if reader.word("nonzero", "evenodd"):
        reader.need(",")
    points = reader.series(lambda reader: (_point(reader), _point(reader)), _MOST_POINTS, "points")
    if len(points) < 3:
        raise CssInvalid("a polygon has at least three points")


def _path(reader: Reader) -> None:
    if reader.word("nonzero", "evenodd"):
        reader.need(",")
    token = reader.take("string")
    if token is None:
        raise CssInvalid("path() holds a string of path data")
    check_path(token.text[1:-1])
