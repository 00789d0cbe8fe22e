"""Shorthand declarations in their longhands, so that the order in which they were written decides.

Source: CSS Backgrounds and Borders 3, CSS Flexible Box 1, CSS Text Decoration 4; where Satori's defaults
differ from CSS's it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

SIDES = ("Top", "Right", "Bottom", "Left")
CORNERS = ("TopLeft", "TopRight", "BottomRight", "BottomLeft")

Longhands = Mapping[str, object]

_LINE_STYLES = frozenset(
    {"solid", "dashed", "dotted", "double", "none", "hidden", "groove", "ridge", "inset", "outset"}
)
_WIDTHS = {"thin": 1, "medium": 3, "thick": 5}
_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)")
_DECORATION_LINES = frozenset({"underline", "overline", "line-through", "none"})
_DECORATION_STYLES = frozenset({"solid", "double", "dotted", "dashed", "wavy"})
_IMAGE = re.compile(r"^(url|image|(-webkit-)?(repeating-)?(linear|radial|conic)-gradient)\(", re.IGNORECASE)
_REPEATS = frozenset({"repeat", "no-repeat", "repeat-x", "repeat-y", "space", "round"})
_AREAS = frozenset({"border-box", "padding-box", "content-box"})


def words(value: str, separator: str = " ") -> list[str]:
    """Split at a separator that is not within parentheses or quotes.

    >>> words("1px solid rgb(0 0 0 / 5%)")
    ['1px', 'solid', 'rgb(0 0 0 / 5%)']
    """
    parts: list[str] = []
    depth, start, quote = 0, 0, ""
    for at, character in enumerate(value):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif depth <= 0 and (character == separator or (separator == " " and character.isspace())):
            parts.append(value[start:at])
            start = at + 1
    parts.append(value[start:])
    return [part.strip() for part in parts if part.strip()]


def expanded(name: str, value: object, colour: str) -> Longhands | None:
    """Return the longhands of a shorthand; None if `name` is none, or its value is not understood.

    Args:
        name: In camelCase.
        value: With its variables resolved.
        colour: The element's text colour, which borders and decorations take.
    """
    rule = RULES.get(name)
    if rule is None:
        return None
    return rule(name, value, colour)


def four(parts: Sequence[object]) -> tuple[object, object, object, object] | None:
    """Return values for top, right, bottom, left from one to four of them."""
    if not 1 <= len(parts) <= 4:
        return None
    top = parts[0]
    right = parts[1] if len(parts) > 1 else top
    bottom = parts[2] if len(parts) > 2 else top
    left = parts[3] if len(parts) > 3 else right
    return top, right, bottom, left


def _parts(value: object) -> list[object]:
    return [*words(value)] if isinstance(value, str) else [value]


def _sides(prefix: str, suffix: str = "") -> Callable[[str, object, str], Longhands | None]:
    def rule(_name: str, value: object, _colour: str) -> Longhands | None:
        found = four(_parts(value))
        if found is None:
            return None
        return {_joined(prefix, side, suffix): it for side, it in zip(SIDES, found, strict=True)}

    return rule


def _joined(prefix: str, side: str, suffix: str) -> str:
    return prefix + side + suffix if prefix else side[0].lower() + side[1:] + suffix


def _radius(_name: str, value: object, _colour: str) -> Longhands | None:
    across, _, down = value.partition("/") if isinstance(value, str) else (value, "", "")
    first, second = four(_parts(across)), four(_parts(down or across))
    if first is None or second is None:
        return None
    pairs = zip(CORNERS, first, second, strict=True)
    return {f"border{corner}Radius": x if x == y else f"{x} {y}" for corner, x, y in pairs}


def _border(name: str, value: object, colour: str) -> Longhands | None:
    # Satori draws `1px blue` as solid, and takes the text's colour where none is given.
    width: object = 3
    style, ink = "solid", colour
    for part in _parts(value):
        if isinstance(part, (int, float)) or _NUMBER.match(str(part)):
            width = part
        elif part in _WIDTHS:
            width = _WIDTHS[str(part)]
        elif part in _LINE_STYLES:
            style = str(part)
        else:
            ink = str(part)
    if style in {"none", "hidden"}:
        width = 0
    sides = SIDES if name == "border" else (name.removeprefix("border"),)
    return {
        f"border{side}{what}": it
        for side in sides
        for what, it in (("Width", width), ("Style", style), ("Color", ink))
    }


def _background(_name: str, value: object, _colour: str) -> Longhands | None:
    layers = words(str(value), ",")
    found: dict[str, list[str]] = {key: [] for key in _LAYER}
    longhands: dict[str, object] = {}
    for layer in layers:
        one = _background_layer(layer)
        longhands |= {f"background{key}": it for key, it in one.items() if key not in _LAYER}
        if one["Image"] != "none" or len(layers) > 1:
            for key in _LAYER:
                found[key].append(one[key])
    if len(layers) > 1 and found["Image"][-1:] == ["none"]:  # the last layer is the colour alone
        found = {key: them[:-1] for key, them in found.items()}
    for key, them in found.items():
        if any(it != _LAYER[key] for it in them):
            longhands[f"background{key}"] = ", ".join(them)
    return longhands


_LAYER = {"Image": "none", "Position": "0% 0%", "Size": "auto", "Repeat": "repeat"}
"""What a layer of the ground has, and how it is if nothing is said."""


def _background_layer(layer: str) -> dict[str, str]:
    found = dict(_LAYER)
    places: dict[str, list[str]] = {"Position": [], "Size": []}
    key = "Position"
    for part in words(_spaced(layer)):
        if _IMAGE.match(part):
            found["Image"] = part
        elif part == "/":
            key = "Size"
        elif part in _REPEATS:
            found["Repeat"] = part
        elif part in _AREAS:
            found["Origin"] = part
        elif _is_measure(part):
            places[key].append(part)
        elif part not in {"scroll", "fixed", "local", "none"}:
            found["Color"] = part
    return found | {key: " ".join(them) for key, them in places.items() if them}


def _spaced(layer: str) -> str:
    """Put spaces around slashes outside of parentheses."""
    depth, out = 0, list[str]()
    for character in layer:
        depth += (character == "(") - (character == ")")
        out.append(" / " if character == "/" and depth == 0 else character)
    return "".join(out)


def _is_measure(part: str) -> bool:
    keywords = {"cover", "contain", "auto", "left", "right", "top", "bottom", "center"}
    return part in keywords or bool(_NUMBER.match(part)) or part.startswith("calc(")


def _flex(_name: str, value: object, _colour: str) -> Longhands | None:
    if value in {"none", "auto", "initial"}:
        share = {"none": (0, 0), "auto": (1, 1)}.get(str(value), (0, 1))
        return {"flexGrow": share[0], "flexShrink": share[1], "flexBasis": "auto"}
    numbers: list[float] = []
    basis: object = 0
    for part in _parts(value):
        if isinstance(part, (int, float)) or re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", str(part)):
            numbers.append(float(str(part)))
        else:
            basis = part
    if len(numbers) > 2:
        basis = numbers[2]
    grow = numbers[0] if numbers else 1.0
    return {"flexGrow": grow, "flexShrink": numbers[1] if len(numbers) > 1 else 1.0, "flexBasis": basis}


def _flow(_name: str, value: object, _colour: str) -> Longhands | None:
    found: dict[str, object] = {}
    for part in words(str(value)):
        found["flexWrap" if "wrap" in part else "flexDirection"] = part
    return found


def _gap(_name: str, value: object, _colour: str) -> Longhands | None:
    parts = _parts(value)
    if not 1 <= len(parts) <= 2:
        return None
    return {"rowGap": parts[0], "columnGap": parts[-1]}


def _overflow(_name: str, value: object, _colour: str) -> Longhands | None:
    parts = words(str(value))
    if len(parts) != 2:
        return None
    return {"overflowX": parts[0], "overflowY": parts[1]}


def _decoration(_name: str, value: object, colour: str) -> Longhands | None:
    lines: list[str] = []
    found: dict[str, object] = {"textDecorationStyle": "solid", "textDecorationColor": colour}
    for part in words(str(value)):
        if part in _DECORATION_LINES:
            lines.append(part)
        elif part in _DECORATION_STYLES:
            found["textDecorationStyle"] = part
        elif _NUMBER.match(part):
            found["textDecorationThickness"] = part
        else:
            found["textDecorationColor"] = part
    return {"textDecorationLine": " ".join(lines) or "none", **found}


def _stroke(_name: str, value: object, colour: str) -> Longhands | None:
    width: object = 0
    ink = colour
    for part in _parts(value):
        if isinstance(part, (int, float)) or _NUMBER.match(str(part)) or part in _WIDTHS:
            width = _WIDTHS.get(str(part), part)
        else:
            ink = str(part)
    return {"webkitTextStrokeWidth": width, "webkitTextStrokeColor": ink}


def _font(_name: str, value: object, _colour: str) -> Longhands | None:
    found = re.fullmatch(
        r"(?P<before>.*?)\s*(?P<size>[\d.]+\S*?)(\s*/\s*(?P<line>\S+))?\s+(?P<family>\D.*)", str(value)
    )
    if found is None:
        return None
    longhands: dict[str, object] = {"fontSize": found["size"], "fontFamily": found["family"]}
    if found["line"]:
        longhands["lineHeight"] = found["line"]
    for part in words(found["before"]):
        longhands["fontStyle" if part in {"italic", "oblique"} else "fontWeight"] = part
    return longhands


RULES: Mapping[str, Callable[[str, object, str], Longhands | None]] = {
    "margin": _sides("margin"),
    "padding": _sides("padding"),
    "inset": _sides(""),
    "borderWidth": _sides("border", "Width"),
    "borderColor": _sides("border", "Color"),
    "borderStyle": _sides("border", "Style"),
    "border": _border,
    **{f"border{side}": _border for side in SIDES},
    "borderRadius": _radius,
    "background": _background,
    "flex": _flex,
    "flexFlow": _flow,
    "gap": _gap,
    "overflow": _overflow,
    "textDecoration": _decoration,
    "webkitTextStroke": _stroke,
    "font": _font,
}
"""Shorthands by name, and what takes each apart."""
