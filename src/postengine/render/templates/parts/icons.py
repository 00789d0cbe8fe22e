"""Small line drawings in a wanted colour."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from postengine.render.image.colour import Colour
from postengine.render.image.tree import Outline, Shape, Style

IconName = Literal["bed", "bath", "area", "place", "check", "calendar", "clock", "phone", "down", "up"]

_PATHS: dict[IconName, tuple[str, ...]] = {
    "bed": (
        "M3 19v-6.5A2.5 2.5 0 0 1 5.5 10h13A2.5 2.5 0 0 1 21 12.5V19M3 16h18",
        "M5.5 10V7.5A2.5 2.5 0 0 1 8 5h8a2.5 2.5 0 0 1 2.5 2.5V10M9 10V8.5h6V10",
    ),
    "bath": (
        "M3 12h18v1.5a5.5 5.5 0 0 1-5.5 5.5h-7A5.5 5.5 0 0 1 3 13.5z",
        "M6 12V6a2 2 0 0 1 2-2c1.2 0 2 .8 2 2M7.5 19l-1 1.8M16.5 19l1 1.8",
    ),
    "area": (
        "M5.5 4h13A1.5 1.5 0 0 1 20 5.500v13a1.5 1.5 0 0 1-1.5 1.5h-13"
        "A1.5 1.5 0 0 1 4 18.500v-13A1.5 1.5 0 0 1 5.5 4z",
        "M8 13v3h3M16 11V8h-3M8 16l8-8",
    ),
    "place": (
        "M12 21c4.3-4 6.5-7.4 6.500-10.500a6.500 6.500 0 0 0-13 0C5.500 13.600 7.700 17 12 21z",
        "M14.3 10.5a2.3 2.3 0 1 1-4.6 0a2.3 2.3 0 1 1 4.6 0z",
    ),
    "check": ("M5 12.500l4.500 4.500L19 7.500",),
    "calendar": ("M4.5 6.500h15v13h-15zM4.500 10.500h15M8.500 4v4M15.500 4v4",),
    "clock": ("M20.500 12a8.500 8.500 0 1 1-17 0a8.500 8.500 0 1 1 17 0z", "M12 7v5.200l3.400 2"),
    "phone": (
        "M6.500 4h3l1.500 4.200-2 1.300a11 11 0 0 0 5.500 5.500l1.300-2 4.200 1.500"
        "v3a1.500 1.500 0 0 1-1.600 1.500"
        "C11 18.500 5.500 13 5 5.600A1.500 1.500 0 0 1 6.500 4z",
    ),
    "down": ("M12 5v14M6 13l6 6 6-6",),
    "up": ("M12 19V5M6 11l6-6 6 6",),
}


_INSETS: dict[IconName, float] = {
    "place": 0.19,
    "check": 0.17,
    "clock": 0.11,
    "calendar": 0.15,
    "bed": 0.09,
    "up": 0.23,
    "down": 0.23,
}
"""How far a drawing stands off the edge of its square, as a share of it."""


def inset(name: IconName) -> float:
    """Return how far to move a drawing outward so that its line, not its square, stands on the margin."""
    return _INSETS.get(name, 0.1)


@lru_cache(maxsize=512)
def icon(name: IconName, colour: Colour, size_px: float, *, stroke_width: float = 1.6) -> Shape:
    """Return the drawing `name`, stroked in `colour`."""
    return Shape(
        view=(24, 24),
        outlines=tuple(
            Outline(d=path, stroke=colour.css(), stroke_width=stroke_width) for path in _PATHS[name]
        ),
        style=Style(width=round(size_px, 2), height=round(size_px, 2), flex_shrink=0),
    )
