"""Ways to write a value that CSS allows and the drawing engine does not, in the way that it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .gradients import as_svg
from .shorthand import words

_AT = re.compile(r"\bat\s+([^,)]+)")
_SHAPE = re.compile(r"^shape\(\s*from\s+(.*)\)$", re.DOTALL)
_ACROSS = {"left": "0%", "right": "100%"}
_DOWN = {"top": "0%", "bottom": "100%"}


def refused(name: str, value: object) -> str | None:
    """Return why the drawing engine cannot take a value; None if it can."""
    if name == "clipPath" and str(value).startswith("shape("):
        return "only shape() of straight lines can be drawn"
    if name == "textDecorationStyle" and value != "solid":
        return "lines under texts are solid"
    return None


def written(name: str, value: object) -> object:
    """Return a value as the engine reads it.

    >>> written("backgroundImage", "linear-gradient(to right top, red, blue)")
    'linear-gradient(to top right, red, blue)'
    """
    rule = _RULES.get(name)
    return rule(value) if rule and isinstance(value, str) else value


def place(value: str) -> str:
    """Return a position in percentages or lengths, first across, then down.

    >>> place("bottom left"), place("center"), place("10px")
    ('0% 100%', '50% 50%', '10px 50%')
    """
    parts = words(value)
    if len(parts) > 2 or not parts:
        return value
    if len(parts) == 1:
        parts = ["center", parts[0]] if parts[0] in _DOWN else [parts[0], "center"]
    if parts[0] in _DOWN or parts[1] in _ACROSS:
        parts.reverse()
    return f"{_ACROSS.get(parts[0], _middle(parts[0]))} {_DOWN.get(parts[1], _middle(parts[1]))}"


def _middle(part: str) -> str:
    return "50%" if part == "center" else part


def _clip(value: str) -> str:
    if found := _SHAPE.match(value):
        return _polygon(found[1]) or value
    return _AT.sub(lambda at: f"at {place(at[1].strip())}", value)


def _polygon(commands: str) -> str | None:
    """Return a shape() of straight lines as a polygon()."""
    points: list[str] = []
    for index, command in enumerate(words(commands, ",")):
        parts = words(command)
        if index and parts == ["close"]:
            continue
        if index and parts[:2] != ["line", "to"]:
            return None
        points.append(" ".join(parts[-2:]))
    return f"polygon({', '.join(points)})"


def _ratio(value: str) -> object:
    rest = value.removeprefix("auto").strip()
    across, slash, down = rest.partition("/")
    try:
        return float(across) / float(down or 1)
    except (ValueError, ZeroDivisionError):
        return value if slash or rest else "auto"


_RULES: Mapping[str, Callable[[str], object]] = {
    "backgroundImage": as_svg,
    "maskImage": as_svg,
    "clipPath": _clip,
    "aspectRatio": _ratio,
}
