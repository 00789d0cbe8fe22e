"""Layers as the composer lays them: cut to what is drawn, in planes, multiplied by their opacity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from postengine.render.image.colour import Colour
from postengine.render.image.draw import RgbaPixels
from postengine.render.image.geometry import Size
from postengine.render.video.frame import Frame, Plane

from .kernel import Kernel
from .kernel.colours import TO_YUV

_GROWN_PX = 2
"""How far a moved layer may reach beyond its box: planes begin at even pixels."""


@dataclass(frozen=True, eq=False)
class Glass:
    """A picture with transparent parts, ready to be laid over frames.

    Attributes:
        x: Of its left edge in the frame, even; it may lie outside.
        y: Of its top edge, even.
        colour: Its planes, multiplied by its opacity.
        keeps: How much of what lies beneath shows through, 0 to 255, for `y`.
        keeps_half: The same for `u` and `v`.
    """

    x: int
    y: int
    colour: Frame
    keeps: Plane
    keeps_half: Plane

    @property
    def size(self) -> Size:
        """Of its box, both sides even."""
        return self.colour.size

    @property
    def right(self) -> int:
        """Just past its right edge."""
        return self.x + self.size.width

    @property
    def bottom(self) -> int:
        """Just past its bottom edge."""
        return self.y + self.size.height

    @property
    def pairs(self) -> tuple[tuple[Plane, Plane], ...]:
        """Colour and what is kept, for each plane."""
        y, u, v = self.colour.planes
        return (y, self.keeps), (u, self.keeps_half), (v, self.keeps_half)

    def meets(self, other: Glass) -> bool:
        """Whether their boxes share pixels."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )


def glass_of(pixels: RgbaPixels) -> Glass | None:
    """Return a drawing of even size as a glass, cut to what is not transparent; None if it all is."""
    box = _drawn_box(pixels[..., 3])
    if box is None:
        return None
    x, y, right, bottom = box
    part = pixels[y:bottom, x:right].astype(np.float32)
    opacity = part[..., 3:] / 255.0
    # With its opacity as the fourth value, what it adds to Y, U and V is linear, and so averages rightly.
    part[..., :3] *= opacity
    part[..., 3:] = opacity
    luma, *chroma = (np.einsum("hwc,c->hw", part, row) for row in TO_YUV)
    colour = Frame(_rounded(luma), *(_rounded(_halved(plane)) for plane in chroma))
    keeps = 255 - pixels[y:bottom, x:right, 3]
    return Glass(x, y, colour, np.ascontiguousarray(keeps), _rounded(_halved(keeps.astype(np.float32))))


def tinted(alpha: Plane, colour: Colour, kernel: Kernel) -> Glass:
    """Return a glass of one colour, not the same everywhere in strength; as `glass_of`, but sooner."""
    box = _drawn_box(alpha) or (0, 0, 2, 2)
    x, y, right, bottom = box
    part = np.ascontiguousarray(alpha[y:bottom, x:right])
    half = kernel.halved(part)
    values = [int(plane[0, 0]) for plane in kernel.planes(np.full((2, 2, 3), colour, np.uint8)).planes]
    planes = (kernel.dimmed(by, value / 255, 0) for by, value in zip((part, half, half), values, strict=True))
    return Glass(x, y, Frame(*planes), 255 - part, 255 - half)


def moved(glass: Glass, across: float, down: float, opacity: float, kernel: Kernel) -> Glass:
    """Return a glass at another place, to a fraction of a pixel, and fainter."""
    left, top = int(across // 2) * 2, int(down // 2) * 2
    rest = (down - top, across - left)

    def changed(plane: Plane, factor: int, empty: int) -> Plane:
        if rest != (0, 0):
            plane = _nudged(plane, rest, factor, empty, kernel)
        return plane if opacity >= 1 else kernel.dimmed(plane, opacity, empty * (1 - opacity))

    colour = Frame(*(changed(one, by, 0) for one, by in zip(glass.colour.planes, (1, 2, 2), strict=True)))
    keeps, half = changed(glass.keeps, 1, 255), changed(glass.keeps_half, 2, 255)
    return Glass(glass.x + left, glass.y + top, colour, keeps, half)


def lay(frame: Frame, glass: Glass, kernel: Kernel) -> None:
    """Paint a glass over a frame; what lies outside of it is left out."""
    size = frame.size
    x, y = max(glass.x, 0), max(glass.y, 0)
    right, bottom = min(glass.right, size.width), min(glass.bottom, size.height)
    if x >= right or y >= bottom:
        return
    for beneath, (colour, keeps), factor in zip(frame.planes, glass.pairs, (1, 2, 2), strict=True):
        there = _part(x, y, right, bottom, factor)
        own = _part(x - glass.x, y - glass.y, right - glass.x, bottom - glass.y, factor)
        kernel.lay(beneath[there], colour[own], keeps[own])


def merged(glasses: tuple[Glass, ...], kernel: Kernel) -> Glass:
    """Return one glass that looks like several, from the lowest to the topmost."""
    if len(glasses) == 1:
        return glasses[0]
    x, y = min(one.x for one in glasses), min(one.y for one in glasses)
    width, height = max(one.right for one in glasses) - x, max(one.bottom for one in glasses) - y
    whole = _empty(x, y, width, height)
    for glass in glasses:
        box = (glass.x - x, glass.y - y, glass.right - x, glass.bottom - y)
        for (beneath, _), (colour, keeps), factor in zip(whole.pairs, glass.pairs, (1, 2, 2), strict=True):
            kernel.lay(beneath[_part(*box, factor)], colour, keeps)
        for kept, keeps, factor in ((whole.keeps, glass.keeps, 1), (whole.keeps_half, glass.keeps_half, 2)):
            there = _part(*box, factor)
            kept[there] = kernel.multiplied(kept[there], keeps)
    return whole


def _empty(x: int, y: int, width: int, height: int) -> Glass:
    def plane(value: int, factor: int) -> Plane:
        return np.full((height // factor, width // factor), value, np.uint8)

    return Glass(x, y, Frame(plane(0, 1), plane(0, 2), plane(0, 2)), plane(255, 1), plane(255, 2))


def _drawn_box(alpha: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom around all that is drawn, even."""
    rows = np.flatnonzero(alpha.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(alpha[rows[0] : rows[-1] + 1].any(axis=0))
    left, top = int(columns[0]) // 2 * 2, int(rows[0]) // 2 * 2
    return left, top, int(columns[-1]) // 2 * 2 + 2, int(rows[-1]) // 2 * 2 + 2


def _part(x: int, y: int, right: int, bottom: int, factor: int) -> tuple[slice, slice]:
    return slice(y // factor, bottom // factor), slice(x // factor, right // factor)


def _nudged(plane: Plane, rest: tuple[float, float], factor: int, empty: int, kernel: Kernel) -> Plane:
    """Return a plane moved down and to the right by less than two pixels, in a box that much larger."""
    grown = _GROWN_PX // factor
    for axis in (0, 1):
        whole, share = divmod(rest[axis] / factor, 1.0)
        here = _pushed(plane, axis, int(whole), grown, empty)
        plane = (
            kernel.mixed(here, _pushed(plane, axis, int(whole) + 1, grown, empty), share) if share else here
        )
    return plane


def _pushed(plane: Plane, axis: int, by: int, grown: int, empty: int) -> Plane:
    """Return a plane `grown` longer along an axis, with its content `by` further on."""
    widths = [(0, 0), (0, 0)]
    widths[axis] = (by, grown - by)
    return np.pad(plane, widths, constant_values=empty)


def _halved(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the means of each two by two."""
    total = values[0::2, 0::2] + values[1::2, 0::2] + values[0::2, 1::2] + values[1::2, 1::2]
    return np.asarray(total / 4, dtype=np.float32)


def _rounded(values: NDArray[np.float32]) -> Plane:
    return np.ascontiguousarray(np.rint(values), dtype=np.uint8)
