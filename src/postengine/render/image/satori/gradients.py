"""Gradients as Satori draws them: through SVG, which mixes colours without regard to their alpha.

CSS mixes premultiplied, so that `red, transparent` stays red; SVG passes through a dark red. Stops in between
make the one look like the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .colours import Rgba, rgba
from .shorthand import words
from .units import plain

_STEPS = 8
_GRADIENT = re.compile(r"^((?:repeating-)?(?:linear|radial)-gradient)\((.*)\)$", re.DOTALL)
_CORNER = re.compile(r"\bto\s+(left|right)\s+(top|bottom)\b")
_PLACE = re.compile(r"^([+-]?[\d.]+)(%|px)?$")


@dataclass(frozen=True)
class _Stop:
    colour: Rgba
    at: float
    unit: str


def as_svg(images: str) -> str:
    """Return CSS images whose gradients mix as SVG's do.

    >>> as_svg("linear-gradient(to right top, red, blue)")
    'linear-gradient(to top right, red, blue)'
    """
    return ", ".join(_layer(layer) for layer in words(images, ","))


def _layer(layer: str) -> str:
    found = _GRADIENT.match(_CORNER.sub(r"to \2 \1", layer))
    if found is None:
        return layer
    parts = words(found[2], ",")
    head = [] if parts and _stop_parts(parts[0]) else parts[:1]
    stops = _stops(parts[len(head) :])
    if stops is None or not any(_mixes(a, b) for a, b in pairwise(stops)):
        return f"{found[1]}({found[2]})"
    return f"{found[1]}({', '.join([*head, *_filled(stops)])})"


def _mixes(a: _Stop, b: _Stop) -> bool:
    return a.colour.alpha != b.colour.alpha and a.colour[:3] != b.colour[:3] and a.at != b.at


def _filled(stops: Sequence[_Stop]) -> list[str]:
    out = [_written(stops[0])]
    for a, b in pairwise(stops):
        if _mixes(a, b):
            for step in range(1, _STEPS):
                share = step / _STEPS
                between = _Stop(a.colour.towards(b.colour, share), a.at + (b.at - a.at) * share, a.unit)
                out.append(_written(between))
        out.append(_written(b))
    return out


def _written(stop: _Stop) -> str:
    return f"{stop.colour.css()} {plain(stop.at)}{stop.unit}"


def _stops(parts: Sequence[str]) -> list[_Stop] | None:
    """Return stops with their places; None if one is not understood."""
    colours: list[Rgba] = []
    places: list[float | None] = []
    units: set[str] = set()
    for part in parts:
        found = _stop_parts(part)
        if found is None:
            return None
        colour, written = found
        for place in written or (None,):
            colours.append(colour)
            places.append(None if place is None else place[0])
            units |= set() if place is None else {place[1]}
    if len(colours) < 2 or len(units) > 1 or (units == {"px"} and None in (places[0], places[-1])):
        return None
    unit = units.pop() if units else "%"
    places[0] = 0.0 if places[0] is None else places[0]
    places[-1] = 100.0 if places[-1] is None else places[-1]
    return [_Stop(colour, at, unit) for colour, at in zip(colours, _evened(places), strict=True)]


def _evened(places: Sequence[float | None]) -> list[float]:
    """Return places with those that are not given evenly between their neighbours."""
    out: list[float] = []
    for index, place in enumerate(places):
        if place is not None:
            out.append(max([place, *out[-1:]]))
            continue
        following, after = next((n, it) for n, it in enumerate(places[index:], 1) if it is not None)
        out.append(out[-1] + (after - out[-1]) / following)
    return out


def _stop_parts(part: str) -> tuple[Rgba, tuple[tuple[float, str], ...]] | None:
    """Return a stop's colour and its places."""
    first, *rest = words(part)
    colour = rgba(first)
    if colour is None or len(rest) > 2:
        return None
    places: list[tuple[float, str]] = []
    for place in rest:
        found = _PLACE.match(place)
        if found is None or (found[2] is None and float(found[1])):
            return None
        places.append((float(found[1]), found[2] or "%"))
    return colour, tuple(places)
