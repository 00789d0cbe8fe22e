"""A picture under a moving camera, in one size or in several where the camera comes much nearer."""

from __future__ import annotations

import math

import numpy as np

from postengine.render.image.geometry import Region, Size
from postengine.render.video.frame import Frame
from postengine.render.video.plan.camera import Camera

from .kernel import MARGIN_PX, Kernel
from .transitions import mixed

CLOSENESS = 1.1459
"""How many pixels of a picture its nearest window has for each of the video's.

Fewer are soft, more flicker. The fraction is a power of the golden ratio: under a pan, which keeps one scale,
the samples then begin at ever new fractions of a pixel, and one is always near (see kernel/opencv.py).
"""

_STEP = 1.3
"""From one size to the next. A far window over the largest would skip pixels: fine texture would flicker."""

_ALONE = 0.6
"""For this part of a step a size is shown alone, then the next is mixed in: no frame is suddenly softer."""

_AS_IT_IS = (0.97, 1.03)
"""Between these factors a picture is not scaled: it is about as large as it is wanted."""


class Moving:
    """The frames of a camera's move.

    Args:
        picture: What it moves over.
        camera: In pixels of the picture.
        frames: How many.
        size: Of each.
        kernel: Moves pixels.
    """

    def __init__(self, picture: Frame, camera: Camera, frames: int, size: Size, kernel: Kernel) -> None:
        self._camera, self._frames, self._size, self._kernel = camera, frames, size, kernel
        farthest = max(camera.first.width, camera.last.width)
        count = 1 + int(self._level(farthest) + 1 - _ALONE)
        scale = CLOSENESS * size.width / camera.closest_px
        self._source = picture.size
        self._stills = [self._still(picture, scale / _STEP**level) for level in range(count)]

    def frame(self, number: int) -> Frame:
        """Return a frame, counted from 0."""
        window = self._camera.window(number, self._frames)
        level = self._level(window.width)
        nearest = min(int(level), len(self._stills) - 1)
        share = (level - nearest - _ALONE) / (1 - _ALONE)
        shown = self._seen(nearest, window)
        if share <= 0 or nearest + 1 == len(self._stills):
            return shown
        return mixed(shown, self._seen(nearest + 1, window), share, self._kernel)

    def _level(self, width: float) -> float:
        return math.log(width / self._camera.closest_px) / math.log(_STEP)

    def _still(self, picture: Frame, scale: float) -> Frame:
        own = picture.size
        size = own if _AS_IT_IS[0] < scale < _AS_IT_IS[1] else Size(*(_even(side * scale) for side in own))
        ready = self._kernel.prepared(picture, size)
        return Frame(*(np.pad(plane, MARGIN_PX, mode="edge") for plane in ready.planes))

    def _seen(self, level: int, window: Region) -> Frame:
        still = self._stills[level]
        across = (still.size.width - 2 * MARGIN_PX) / self._source.width
        down = (still.size.height - 2 * MARGIN_PX) / self._source.height
        own = Region(window.x * across, window.y * down, window.width * across, window.height * down)
        return self._kernel.seen(still, own, self._size)


def _even(value: float) -> int:
    return max(round(value / 2) * 2, 2)
