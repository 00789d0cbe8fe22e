"""One scene into the next: a frame of each becomes one frame."""

from __future__ import annotations

import numpy as np

from postengine.render.image.colour import Colour
from postengine.render.image.geometry import Size
from postengine.render.video.frame import Frame, Plane
from postengine.render.video.spec import Side, Transition

from .kernel import Kernel

_FACTORS = (1, 2, 2)
_SOFT = 0.06
"""Width of a wipe's edge, as a share of the side that it crosses."""


def joined(old: Frame, new: Frame, transition: Transition, share: float, kernel: Kernel) -> Frame:
    """Return a frame of a transition, in memory of its own.

    Args:
        old: Of the scene that goes.
        new: Of the scene that comes.
        transition: No cut.
        share: How far it is, between 0 and 1.
        kernel: Blends.
    """
    if transition.kind == "slide":
        return _slid(old, new, transition.side, softened(share), kernel)
    if transition.kind == "wipe":
        return _wiped(old, new, transition.side, softened(share), kernel)
    if transition.kind == "dip":
        between = plain(Colour.from_hex(transition.colour), old.size, kernel)
        if share < 0.5:
            return mixed(old, between, 2 * share, kernel)
        return mixed(between, new, 2 * share - 1, kernel)
    return mixed(old, new, share, kernel)


def mixed(old: Frame, new: Frame, share: float, kernel: Kernel) -> Frame:
    """Return `old` with `share` of `new`."""
    return Frame(*(kernel.mixed(a, b, share) for a, b in zip(old.planes, new.planes, strict=True)))


def plain(colour: Colour, size: Size, kernel: Kernel) -> Frame:
    """Return a frame of one colour."""
    small = kernel.planes(np.full((2, 2, 3), colour, np.uint8))
    halves = ((size.height // by, size.width // by) for by in _FACTORS)
    return Frame(*(np.full(shape, plane[0, 0]) for shape, plane in zip(halves, small.planes, strict=True)))


def softened(share: float) -> float:
    """Return a share with a soft start and a soft end."""
    return share * share * (3 - 2 * share)


def _slid(old: Frame, new: Frame, side: Side, share: float, kernel: Kernel) -> Frame:
    """Move both along, to a fraction of a pixel: the new scene pushes the old one out."""
    axis = 1 if side in {"left", "right"} else 0
    comes_last = side in {"left", "up"}
    planes: list[Plane] = []
    for a, b in zip(old.planes, new.planes, strict=True):
        length = a.shape[axis]
        strip = np.concatenate((a, b) if comes_last else (b, a), axis=axis)
        whole, rest = divmod((share if comes_last else 1 - share) * length, 1.0)
        here, after = (_cut(strip, axis, int(whole) + more, length) for more in (0, 1))
        planes.append(kernel.mixed(here, after, rest))
    return Frame(*planes)


def _cut(strip: Plane, axis: int, begin: int, length: int) -> Plane:
    return strip[begin : begin + length] if axis == 0 else strip[:, begin : begin + length]


def _wiped(old: Frame, new: Frame, side: Side, share: float, kernel: Kernel) -> Frame:
    """Uncover the new scene behind a soft edge that moves to `side`."""
    planes: list[Plane] = []
    for a, b in zip(old.planes, new.planes, strict=True):
        axis = 1 if side in {"left", "right"} else 0
        keeps = _uncovered(a.shape[axis], share, is_backwards=side in {"left", "up"})
        mask = np.broadcast_to(keeps if axis == 1 else keeps[:, None], a.shape)
        done = a.copy()
        kernel.lay(done, kernel.multiplied(b, np.ascontiguousarray(255 - mask)), np.ascontiguousarray(mask))
        planes.append(done)
    return Frame(*planes)


def _uncovered(length: int, share: float, *, is_backwards: bool) -> Plane:
    """Return how much of the old scene is kept along a side, 255 where the edge has not come yet."""
    soft = max(length * _SOFT, 1.0)
    edge = share * (length + soft)
    kept = np.clip(1 - (edge - (np.arange(length) + 0.5)) / soft, 0.0, 1.0)
    line = np.asarray(np.rint(kept * 255), dtype=np.uint8)
    return line[::-1] if is_backwards else line
