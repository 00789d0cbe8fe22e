"""Pixels by Pillow and numpy alone: the same frames as OpenCV's within a level, but slowly."""

from __future__ import annotations

import numpy as np
from PIL import Image

from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import RgbPixels
from postengine.render.video.frame import Frame, Plane

from .colours import TO_YUV
from .filters import TAPS, line_filter
from .protocol import MARGIN_PX


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
    plane = _plane(np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.LANCZOS)))
    for axis in (0, 1):
        plane = _filtered(plane, axis)
    return plane


def _filtered(plane: Plane, axis: int) -> Plane:
    weights = line_filter(1.0)
    around = [(TAPS // 2, TAPS // 2) if side == axis else (0, 0) for side in (0, 1)]
    wide = np.pad(plane, around, mode="edge").astype(np.float32)
    parts = (wide.take(range(tap, tap + plane.shape[axis]), axis) * weights[tap] for tap in range(TAPS))
    return _plane(np.rint(sum(parts, np.zeros(plane.shape, np.float32))).clip(0, 255))


def _seen(plane: Plane, window: Region, size: Size) -> Plane:
    across, down = window.width / size.width, window.height / size.height
    affine = (across, 0.0, window.x + MARGIN_PX, 0.0, down, window.y + MARGIN_PX)
    moved = Image.fromarray(plane).transform(size, Image.Transform.AFFINE, affine, Image.Resampling.BILINEAR)
    return np.array(moved)  # Pillow's own memory cannot be written to


def _plane(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Plane:
    return np.ascontiguousarray(values, dtype=np.uint8)
