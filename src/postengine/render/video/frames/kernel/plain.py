"""Pixels by Pillow and numpy alone: the same frames as OpenCV's within a level, but slowly."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import RgbPixels
from postengine.render.video.frame import Frame, Plane

from .colours import TO_YUV
from .filters import TAPS, line_filter
from .protocol import MARGIN_PX

Distances = NDArray[np.float64]


class _Curve(NamedTuple):
    """How much a pixel counts, by how far away it is.

    Attributes:
        reach: Pixels that are farther away do not count.
        weights: By the distances.
    """

    reach: int
    weights: Callable[[Distances], Distances]


def _box(far: Distances) -> Distances:
    return np.clip(1.5 - far, 0.0, 1.0)


def _cubic(far: Distances) -> Distances:
    near = (1.25 * far - 2.25) * far**2 + 1
    return np.where(far <= 1, near, ((-0.75 * far + 3.75) * far - 6) * far + 3)


def _lanczos(far: Distances) -> Distances:
    return np.asarray(np.sinc(far) * np.sinc(far / 4), np.float64)


_HALVES, _CUBIC, _LANCZOS = _Curve(2, _box), _Curve(2, _cubic), _Curve(4, _lanczos)


class PlainKernel:
    """See `Kernel`."""

    def planes(self, pixels: RgbPixels) -> Frame:
        """Convert sRGB pixels of even width and height."""
        exact = pixels.astype(np.float32)
        y, u, v = (_plane(np.rint(np.einsum("hwc,c->hw", exact, row[:3]) + row[3])) for row in TO_YUV)
        return Frame(y, self.halved(u), self.halved(v))

    def prepared(self, frame: Frame, size: Size) -> Frame:
        """Return a frame at another even size, sharpened by what `seen` softens."""
        half = (size.width // 2, size.height // 2)
        return Frame(_prepared(frame.y, size), _prepared(frame.u, half), _prepared(frame.v, half))

    def seen(self, still: Frame, window: Region, size: Size) -> Frame:
        """Return what is seen of a still through a window, at `size`, in memory of its own."""
        half = Size(size.width // 2, size.height // 2)
        small = Region(window.x / 2, window.y / 2, window.width / 2, window.height / 2)
        return Frame(_seen(still.y, window, size), _seen(still.u, small, half), _seen(still.v, small, half))

    def mixed(self, a: Plane, b: Plane, share: float) -> Plane:
        """Return `a` with `share` of `b`, in memory of its own."""
        weight = round(share * 256)
        return _plane((a.astype(np.uint16) * (256 - weight) + b.astype(np.uint16) * weight + 128) >> 8)

    def lay(self, beneath: Plane, colour: Plane, keeps: Plane) -> None:
        """Change `beneath` to `beneath * keeps / 255 + colour`."""
        np.minimum(
            self.multiplied(beneath, keeps).astype(np.uint16) + colour, 255, out=beneath, casting="unsafe"
        )

    def multiplied(self, a: Plane, b: Plane) -> Plane:
        """Return `a * b / 255`."""
        return _plane((a.astype(np.uint16) * b + 127) // 255)

    def dimmed(self, plane: Plane, factor: float, floor: float) -> Plane:
        """Return `plane * factor + floor`."""
        return _plane(np.rint(plane * np.float32(factor) + np.float32(floor)))

    def halved(self, plane: Plane) -> Plane:
        """Return a plane of half the size: the means of each two by two."""
        wide = plane.astype(np.uint16)
        total = wide[0::2, 0::2] + wide[1::2, 0::2] + wide[0::2, 1::2] + wide[1::2, 1::2]
        return _plane((total + 2) >> 2)


def _prepared(plane: Plane, size: tuple[int, int]) -> Plane:
    while min(plane.shape[1] / size[0], plane.shape[0] / size[1]) > 2:
        half = (plane.shape[1] // 2, plane.shape[0] // 2)
        plane = _resampled(plane, half, _HALVES)
    if plane.shape[1] < size[0]:
        plane = _resampled(plane, size, _LANCZOS)
    for axis in (0, 1):
        plane = _filtered(plane, axis, line_filter(plane.shape[axis] / size[1 - axis]))
    return _resampled(plane, size, _CUBIC)


def _filtered(plane: Plane, axis: int, weights: NDArray[np.float32]) -> Plane:
    around = [(TAPS // 2, TAPS // 2) if side == axis else (0, 0) for side in (0, 1)]
    wide = np.pad(plane, around, mode="edge").astype(np.float32)
    parts = (wide.take(range(tap, tap + plane.shape[axis]), axis) * weights[tap] for tap in range(TAPS))
    return _rounded(sum(parts, np.zeros(plane.shape, np.float32)))


def _resampled(plane: Plane, size: tuple[int, int], curve: _Curve) -> Plane:
    """Return a plane at another size, interpolated between its pixels as OpenCV does."""
    if plane.shape[::-1] == tuple(size):
        return plane
    exact = plane.astype(np.float32)
    for axis in (0, 1):
        exact = _resampled_along(exact, axis, size[1 - axis], curve)
    return _rounded(exact)


def _resampled_along(
    plane: NDArray[np.float32], axis: int, length: int, curve: _Curve
) -> NDArray[np.float32]:
    at = (np.arange(length) + 0.5) * plane.shape[axis] / length - 0.5
    places = np.floor(at)[:, None] + np.arange(1 - curve.reach, 1 + curve.reach)
    weights = curve.weights(np.abs(at[:, None] - places))
    weights /= weights.sum(axis=1, keepdims=True)
    inside = np.asarray(np.clip(places, 0, plane.shape[axis] - 1), np.intp)
    across = (-1, 1) if axis == 0 else (1, -1)
    parts = (
        plane.take(inside[:, tap], axis) * weights[:, tap].astype(np.float32).reshape(across)
        for tap in range(2 * curve.reach)
    )
    return sum(parts, np.zeros(1, np.float32))


def _seen(plane: Plane, window: Region, size: Size) -> Plane:
    across, down = window.width / size.width, window.height / size.height
    affine = (across, 0.0, window.x + MARGIN_PX, 0.0, down, window.y + MARGIN_PX)
    exact = Image.fromarray(plane.astype(np.float32))  # of whole numbers Pillow would cut off the fractions
    return _rounded(
        np.asarray(exact.transform(size, Image.Transform.AFFINE, affine, Image.Resampling.BILINEAR))
    )


def _rounded(values: NDArray[np.float32]) -> Plane:
    return _plane(np.rint(values).clip(0, 255))


def _plane(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Plane:
    return np.ascontiguousarray(values, dtype=np.uint8)
