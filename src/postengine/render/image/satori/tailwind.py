"""Tailwind class names (`tw`), as declarations.

Source: Tailwind CSS 3.4 documentation, default theme; of its utilities those that lay out and paint a still
picture. A rem is 16 px.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .losses import Losses
from .palette import colour
from .utilities import (
    BLURS,
    CORNERS,
    FIXED,
    LENGTHS,
    PLACES,
    RADII,
    SCREENS,
    SHADOWS,
    SIDES,
    TEXT_SIZES,
    TOWARDS,
    VALUES,
    WIDEST,
)

Declarations = dict[str, object]

_FRACTION = re.compile(r"^(\d+)/(\d+)$")
_ARBITRARY = re.compile(r"^\[([a-zA-Z-]+):(.+)\]$")
_STEP_PX = 4


def declared(classes: str, width: float | None, path: str, losses: Losses) -> Declarations:
    """Return what class names declare; later ones win.

    Args:
        classes: Separated by spaces.
        width: Of the picture, which decides about `md:` and the like.
        path: Of the element, for losses.
        losses: Takes class names that are not understood.
    """
    found: Declarations = {}
    stops: dict[str, str] = {}
    moves: dict[str, str] = {}
    for written in classes.split():
        name = _for_screen(written, width)
        if name is None:
            continue
        bare = name.removeprefix("!")
        if not (_gradient(bare, found, stops) or _moved(bare, moves)):
            them = _utility(bare)
            if them is None:
                losses.add(f"{path}.tw", written, "no such class name here")
            else:
                found |= them
    if stops and "backgroundImage" in found:
        ends = stops.get("from", "transparent"), stops.get("to", "transparent")
        colours = [ends[0], *([stops["via"]] if "via" in stops else []), ends[1]]
        found["backgroundImage"] = f"linear-gradient({found['backgroundImage']}, {', '.join(colours)})"
    if moves:
        order = ("translateX", "translateY", "rotate", "skewX", "skewY", "scaleX", "scaleY")
        found["transform"] = " ".join(f"{how}({moves[how]})" for how in order if how in moves)
    return found


def _for_screen(written: str, width: float | None) -> str | None:
    """Return the class name without its screen; None if the picture is narrower than that."""
    screen, colon, rest = written.partition(":")
    if not colon or screen not in SCREENS:
        return written
    return rest if width is not None and width >= SCREENS[screen] else None


def _utility(name: str) -> Declarations | None:
    if name in FIXED:
        return dict(FIXED[name])
    if found := _ARBITRARY.match(name):
        return {_camel(found[1]): found[2].replace("_", " ")}
    for rule in (_value, _length, _text, _ground, _border, _rounded, _effect, _number):
        declarations = rule(name)
        if declarations is not None:
            return declarations
    return None


def _camel(name: str) -> str:
    return re.sub("-([a-z])", lambda found: found[1].upper(), name)


def _value(name: str) -> Declarations | None:
    for prefix, (key, values) in VALUES.items():
        rest = name.removeprefix(f"{prefix}-")
        if rest != name and rest in values:
            return {key: values[rest]}
    place = name.removeprefix("object-")
    if place != name and place in PLACES:
        return {"objectPosition": place.replace("-", " ")}
    if found := re.fullmatch(r"font-\[(\d+)\]", name):
        return {"fontWeight": int(found[1])}
    if (space := _prefixed(name, "tracking-")) and (px := _measure(space)) is not None:
        return {"letterSpacing": px}
    if (space := _prefixed(name, "leading-")) and (px := _measure(space)) is not None:
        return {"lineHeight": f"{px}px" if isinstance(px, (int, float)) else px}
    return None


def _length(name: str) -> Declarations | None:
    negative = name.startswith("-")
    for prefix, keys in LENGTHS.items():
        rest = _prefixed(name.removeprefix("-"), f"{prefix}-")
        if rest is None:
            continue
        value = WIDEST.get(rest) if prefix == "max-w" and rest in WIDEST else _measure(rest, keys[0])
        if value is None or (negative and not isinstance(value, (int, float))):
            continue
        return dict.fromkeys(keys, -value if negative and isinstance(value, (int, float)) else value)
    return None


def _measure(written: str, key: str = "") -> float | str | None:
    """Return a step of the scale, a fraction, a keyword, or an arbitrary value in brackets."""
    if written.startswith("[") and written.endswith("]"):
        return written[1:-1].replace("_", " ")
    if found := _FRACTION.match(written):
        return f"{100 * int(found[1]) / max(int(found[2]), 1):.6g}%"
    tall = "eight" in key or key in {"top", "bottom"}
    keywords: Mapping[str, float | str] = {
        "px": 1,
        "full": "100%",
        "auto": "auto",
        "none": "none",
        "screen": "100vh" if tall else "100vw",
    }
    if written in keywords:
        return keywords[written]
    try:
        return float(written) * _STEP_PX
    except ValueError:
        return None


def _text(name: str) -> Declarations | None:
    rest = _prefixed(name, "text-")
    if rest is not None:
        if rest in TEXT_SIZES:
            size, line = TEXT_SIZES[rest]
            return {"fontSize": size, "lineHeight": line / size}
        if rest in {"left", "center", "right", "justify", "start", "end"}:
            return {"textAlign": rest}
        if ink := colour(rest):
            return {"color": ink}
        if rest.startswith("[") and rest.endswith("]"):
            return {"fontSize": rest[1:-1]}
    if (ink := _prefixed(name, "decoration-")) and (found := colour(ink)):
        return {"textDecorationColor": found}
    if (lines := _prefixed(name, "line-clamp-")) and lines.isdigit():
        return {"display": "block", "lineClamp": int(lines), "overflow": "hidden"}
    return None


def _ground(name: str) -> Declarations | None:
    rest = _prefixed(name, "bg-")
    if rest is None:
        return None
    if ink := colour(rest):
        return {"backgroundColor": ink}
    if rest in PLACES:
        return {"backgroundPosition": rest.replace("-", " ")}
    if rest in {"repeat", "no-repeat", "repeat-x", "repeat-y"}:
        return {"backgroundRepeat": rest}
    if rest.startswith("[") and rest.endswith("]"):
        return {"backgroundImage": rest[1:-1].replace("_", " ")}
    return None


def _gradient(name: str, found: Declarations, stops: dict[str, str]) -> bool:
    towards = _prefixed(name, "bg-gradient-to-")
    if towards is not None and towards in TOWARDS:
        found["backgroundImage"] = TOWARDS[towards]
        return True
    stop, _, rest = name.partition("-")
    if stop in {"from", "via", "to"} and (ink := colour(rest)):
        stops[stop] = ink
        return True
    return False


def _border(name: str) -> Declarations | None:
    if name != "border" and not name.startswith("border-"):
        return None
    rest = name.removeprefix("border").removeprefix("-")
    side, _, value = rest.partition("-")
    if side not in SIDES:
        side, value = "", rest
    if value in {"solid", "dashed", "dotted", "double", "none"}:
        return {f"border{it}Style": value for it in SIDES[side]}
    if ink := colour(value):
        return {f"border{it}Color": ink for it in SIDES[side]}
    px = 1 if not value else _pixels(value)
    return None if px is None else {f"border{it}Width": px for it in SIDES[side]}


def _pixels(value: str) -> float | str | None:
    if value.startswith("[") and value.endswith("]"):
        return value[1:-1]
    return float(value) if value.isdigit() else None


def _rounded(name: str) -> Declarations | None:
    if name != "rounded" and not name.startswith("rounded-"):
        return None
    rest = name.removeprefix("rounded").removeprefix("-")
    corner, _, size = rest.partition("-")
    corners = CORNERS.get(corner, ("TopLeft", "TopRight", "BottomRight", "BottomLeft"))
    size = size if corner in CORNERS else rest
    radius = size[1:-1] if size.startswith("[") and size.endswith("]") else RADII.get(size)
    return None if radius is None else {f"border{it}Radius": radius for it in corners}


def _effect(name: str) -> Declarations | None:
    if name == "shadow" or name.startswith("shadow-"):
        size = name.removeprefix("shadow").removeprefix("-")
        if size == "none":
            return {"boxShadow": None}
        if size in SHADOWS:
            return {"boxShadow": SHADOWS[size]}
        return (
            {"boxShadow": size[1:-1].replace("_", " ")}
            if size.startswith("[") and size.endswith("]")
            else None
        )
    for prefix, key in (("backdrop-blur", "backdropFilter"), ("blur", "filter")):
        if name == prefix or name.startswith(f"{prefix}-"):
            size = name.removeprefix(prefix).removeprefix("-")
            return {key: f"blur({BLURS[size]}px)"} if size in BLURS else None
    return None


def _number(name: str) -> Declarations | None:
    for prefix, key, divisor in _NUMBERS:
        rest = _prefixed(name, f"{prefix}-")
        if rest is None:
            if name == prefix and prefix in {"grow", "shrink", "flex-grow", "flex-shrink"}:
                return {key: 1}
            continue
        try:
            return {key: float(rest.strip("[]")) / (1 if rest.startswith("[") else divisor)}
        except ValueError:
            return None
    return None


_NUMBERS: tuple[tuple[str, str, float], ...] = (
    ("opacity", "opacity", 100),
    ("grow", "flexGrow", 1),
    ("shrink", "flexShrink", 1),
    ("flex-grow", "flexGrow", 1),
    ("flex-shrink", "flexShrink", 1),
    ("z", "zIndex", 1),
)


def _moved(name: str, moves: dict[str, str]) -> bool:
    negative = name.startswith("-")
    sign = "-" if negative else ""
    how, _, value = name.removeprefix("-").rpartition("-")
    if how in {"translate-x", "translate-y"} and (px := _measure(value)) is not None:
        moves[f"translate{how[-1].upper()}"] = (
            f"{sign}{px}px" if isinstance(px, (int, float)) else f"{sign}{px}"
        )
    elif how in {"rotate", "skew-x", "skew-y"} and (angle := _angle(value)):
        moves[{"rotate": "rotate", "skew-x": "skewX", "skew-y": "skewY"}[how]] = f"{sign}{angle}"
    elif how in {"scale", "scale-x", "scale-y"} and (share := _share(value)) is not None:
        for axis in "XY" if how == "scale" else how[-1].upper():
            moves[f"scale{axis}"] = f"{sign}{share:g}"
    else:
        return False
    return True


def _angle(value: str) -> str | None:
    if value.startswith("[") and value.endswith("]"):
        return value[1:-1]
    return f"{value}deg" if value.isdigit() else None


def _share(value: str) -> float | None:
    try:
        return float(value[1:-1]) if value.startswith("[") else float(value) / 100
    except ValueError:
        return None


def _prefixed(name: str, prefix: str) -> str | None:
    return name[len(prefix) :] if name.startswith(prefix) and len(name) > len(prefix) else None
