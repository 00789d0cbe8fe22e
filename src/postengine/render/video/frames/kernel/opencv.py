"""Pixels by OpenCV: what a frame costs is mostly spent here.

A camera's window is a change of size and a shift by a fraction of a pixel. `warpAffine` does both at once but
visits every pixel by its own address; `resize` takes the same samples row by row in a third of the time, but
begins at a whole pixel of the source. Begin some pixels earlier and leave out as many samples: each sample is
`step` pixels from the last, so among a few dozen beginnings one lies within hundredths of a pixel of where
the window does. What is left is made up by mixing in as much of the neighbouring sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import RgbPixels
from postengine.render.video.frame import Frame, Plane

from .colours import TO_YUV
from .filters import line_filter
from .protocol import MARGIN_PX

_SKIPS = np.arange(2.0, 49.0)
"""How many samples may be left out; the first reaches beyond the source for its neighbours."""

_NEAR_ENOUGH_PX = 0.01


class OpencvKernel:
    """See `Kernel`. Making one lets OpenCV work with a single thread in all of this process.

    A frame is small work: threads for it cost more than they give, and renders run side by side.
    """

    def __init__(self) -> None:
        cv2.setNumThreads(1)

    def planes(self, pixels: RgbPixels) -> Frame:
        """Convert sRGB pixels of even width and height."""
        yuv = cv2.transform(pixels, TO_YUV)
        half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        small = cv2.resize(yuv, half, interpolation=cv2.INTER_AREA)
        channels = ((yuv, 0), (small, 1), (small, 2))
        return Frame(*(_plane(cv2.extractChannel(of, number)) for of, number in channels))

    def prepared(self, frame: Frame, size: Size) -> Frame:
        """Return a frame at another even size, sharpened by what `seen` softens."""
        half = (size.width // 2, size.height // 2)
        return Frame(_prepared(frame.y, size), _prepared(frame.u, half), _prepared(frame.v, half))

    def seen(self, still: Frame, window: Region, size: Size) -> Frame:
        """Return what is seen of a still through a window, at `size`, in memory of its own."""
        step = np.array([window.width / size.width, window.height / size.height])
        corner = np.array([window.x, window.y])
        (x, y), (x_half, y_half) = (_runs(corner / by + MARGIN_PX, step) for by in (1, 2))
        half = Size(size.width // 2, size.height // 2)
        return Frame(
            _seen(still.y, x, y, size),
            _seen(still.u, x_half, y_half, half),
            _seen(still.v, x_half, y_half, half),
        )

    def mixed(self, a: Plane, b: Plane, share: float) -> Plane:
        """Return `a` with `share` of `b`, in memory of its own."""
        return _plane(cv2.addWeighted(a, 1.0 - share, b, share, 0.0))

    def lay(self, beneath: Plane, colour: Plane, keeps: Plane) -> None:
        """Change `beneath` to `beneath * keeps / 255 + colour`."""
        cv2.multiply(beneath, keeps, dst=beneath, scale=1 / 255)
        cv2.add(beneath, colour, dst=beneath)

    def multiplied(self, a: Plane, b: Plane) -> Plane:
        """Return `a * b / 255`."""
        return _plane(cv2.multiply(a, b, scale=1 / 255))

    def dimmed(self, plane: Plane, factor: float, floor: float) -> Plane:
        """Return `plane * factor + floor`."""
        return _plane(cv2.convertScaleAbs(plane, alpha=factor, beta=floor))

    def halved(self, plane: Plane) -> Plane:
        """Return a plane of half the size: the means of each two by two."""
        half = (plane.shape[1] // 2, plane.shape[0] // 2)
        return _plane(cv2.resize(plane, half, interpolation=cv2.INTER_AREA))


def _prepared(plane: Plane, size: tuple[int, int]) -> Plane:
    plane = _at_most_twice(plane, size)
    if plane.shape[1] < size[0]:
        plane = _plane(cv2.resize(plane, size, interpolation=cv2.INTER_LANCZOS4))
    filters = (line_filter(plane.shape[1] / size[0]), line_filter(plane.shape[0] / size[1]))
    sharper = cv2.sepFilter2D(plane, -1, *filters, borderType=cv2.BORDER_REPLICATE)
    return _resized(_plane(sharper), size)


def _at_most_twice(plane: Plane, size: tuple[int, int]) -> Plane:
    """Return a plane made smaller by halves until the filter can do the rest."""
    while min(plane.shape[1] / size[0], plane.shape[0] / size[1]) > 2:
        half = (plane.shape[1] // 2, plane.shape[0] // 2)
        plane = _plane(cv2.resize(plane, half, interpolation=cv2.INTER_AREA))
    return plane


def _resized(plane: Plane, size: tuple[int, int]) -> Plane:
    is_wanted = plane.shape[::-1] == tuple(size)
    return plane if is_wanted else _plane(cv2.resize(plane, size, interpolation=cv2.INTER_CUBIC))


@dataclass(frozen=True)
class _Run:
    """Samples along one side.

    Attributes:
        start: The pixel of the source where sampling begins.
        step: From one sample to the next, in pixels of the source.
        skipped: How many samples come before the first that is wanted.
        shift: How far, in samples, the wanted ones lie after those that are taken.
    """

    start: int
    step: float
    skipped: int
    shift: float

    def source(self, count: int) -> slice:
        """Return what to sample for `count` samples."""
        return slice(self.start, self.start + int((self.skipped + count + 1) * self.step) + 3)

    def wanted(self, count: int) -> slice:
        """Return which of the samples are wanted, and one more at each end."""
        return slice(self.skipped - 1, self.skipped + count + 1)


def _runs(begin: NDArray[np.float64], step: NDArray[np.float64]) -> list[_Run]:
    """Return for each side the run that comes nearest to beginning at `begin`."""
    starts = begin[:, None] - _SKIPS * step[:, None]
    nearest = np.maximum(np.rint(starts), 0.0)
    errors = starts - nearest
    best = np.abs(errors).argmin(axis=1)
    return [
        _Run(int(nearest[side, at]), float(step[side]), int(_SKIPS[at]), float(errors[side, at] / step[side]))
        for side, at in enumerate(best)
    ]


def _seen(plane: Plane, x: _Run, y: _Run, size: Size) -> Plane:
    part = plane[y.source(size.height), x.source(size.width)]
    samples = cv2.resize(part, None, fx=1 / x.step, fy=1 / y.step, interpolation=cv2.INTER_LINEAR)
    area = _plane(samples)[y.wanted(size.height), x.wanted(size.width)]
    area = _moved(area[1:-1], area[2:] if y.shift > 0 else area[:-2], abs(y.shift))
    area = _moved(area[:, 1:-1], area[:, 2:] if x.shift > 0 else area[:, :-2], abs(x.shift))
    return np.ascontiguousarray(area)


def _moved(area: Plane, neighbours: Plane, share: float) -> Plane:
    """Return samples moved towards their neighbours by a fraction of their distance."""
    if share < _NEAR_ENOUGH_PX:
        return area
    return _plane(cv2.addWeighted(area, 1.0 - share, neighbours, share, 0.0))


def _plane(values: object) -> Plane:
    """Return what OpenCV answered (typed loosely) as a plane."""
    return np.asarray(values, dtype=np.uint8)
