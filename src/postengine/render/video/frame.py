"""One frame as the encoder wants it: Y, U and V planes, BT.709, limited range, colour at half resolution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from postengine.render.image.geometry import Size

Plane = NDArray[np.uint8]


@dataclass(frozen=True)
class Frame:
    """One picture in planes; `u` and `v` have half the width and height of `y`. Both sides are even."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def planes(self) -> tuple[Plane, Plane, Plane]:
        """The planes in the order in which they are written."""
        return self.y, self.u, self.v

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return Size(self.y.shape[1], self.y.shape[0])
