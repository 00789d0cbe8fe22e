"""What a kernel must do; all that is known above it."""

from __future__ import annotations

from typing import Protocol

from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import RgbPixels
from postengine.render.video.frame import Frame, Plane

MARGIN_PX = 64
"""Every plane of a still has so many pixels more on each side, equal to its edge."""


class Kernel(Protocol):
    """The few things that are done to pixels for every frame."""

    def planes(self, pixels: RgbPixels) -> Frame:
        """Convert sRGB pixels of even width and height."""
        ...

    def prepared(self, frame: Frame, size: Size) -> Frame:
        """Return a frame at another even size, sharpened by what `seen` softens."""
        ...

    def seen(self, still: Frame, window: Region, size: Size) -> Frame:
        """Return what is seen of a still through a window, at `size`, in memory of its own.

        Args:
            still: With `MARGIN_PX` around each of its planes.
            window: With fractional edges, measured within the margin.
            size: Even. The window is a little larger in pixels of the still, or the picture is soft.
        """
        ...

    def mixed(self, a: Plane, b: Plane, share: float) -> Plane:
        """Return `a` with `share` (0 to 1) of `b`, in memory of its own."""
        ...

    def lay(self, beneath: Plane, colour: Plane, keeps: Plane) -> None:
        """Change `beneath` to `beneath * keeps / 255 + colour`."""
        ...

    def multiplied(self, a: Plane, b: Plane) -> Plane:
        """Return `a * b / 255`."""
        ...

    def dimmed(self, plane: Plane, factor: float, floor: float) -> Plane:
        """Return `plane * factor + floor`."""
        ...

    def halved(self, plane: Plane) -> Plane:
        """Return a plane of half the size: the means of each two by two."""
        ...
