"""How photos and layers move: windows and places as plain numbers, a function of time only."""

from __future__ import annotations

from dataclasses import dataclass

from postengine.render.image.geometry import Region, Size


def eased(t: float) -> float:
    """Return `t` (0 to 1) with a soft start and end, half of it straight: nothing ever stands still."""
    t = min(max(t, 0.0), 1.0)
    return 0.5 * t + 0.5 * t * t * (3.0 - 2.0 * t)


def settled(t: float) -> float:
    """Return `t` (0 to 1) arriving fast and coming to rest, for layers that enter.

    >>> [round(settled(t), 3) for t in (0, 0.5, 1)]
    [0.0, 0.875, 1.0]
    """
    rest = 1.0 - min(max(t, 0.0), 1.0)
    return 1.0 - rest * rest * rest


@dataclass(frozen=True)
class Move:
    """A slow camera move over a photo: windows as shares of it, from the first frame to the last.

    Attributes:
        zoom_from: Share of the window that is seen at first, 0 to 1; 1 is all of it.
        zoom_to: The share seen at last.
        pan_from: Where the view stands across the free width at first, 0 (left) to 1 (right).
        pan_to: Where it stands at last.
    """

    zoom_from: float
    zoom_to: float
    pan_from: float
    pan_to: float

    def window(self, t: float, source: tuple[int, int], shape: float) -> Region:
        """Return the part of a photo that is seen.

        Args:
            t: Time in the shot, 0 to 1.
            source: The photo's width and height in pixels.
            shape: Width by height of the video.

        Returns:
            Window in the photo's pixels, not rounded; whole pixels would make it shake.
        """
        now = eased(t)
        share = self.zoom_from + (self.zoom_to - self.zoom_from) * now
        width_all, height_all = source
        full = min(width_all, height_all * shape)
        width = full * share
        height = width / shape
        pan = self.pan_from + (self.pan_to - self.pan_from) * now
        return Region((width_all - width) * pan, (height_all - height) / 2, width, height)


MOVES = (
    Move(1.0, 0.90, 0.35, 0.65),
    Move(0.93, 0.97, 0.85, 0.15),
    Move(0.90, 1.0, 0.4, 0.6),
    Move(0.96, 0.93, 0.1, 0.9),
)
"""Push in, pan left, pull out, pan right: shots take them in turn, so that neighbours differ."""
_EXTRA_WIDTH = 1.22
_PRESCALE = 1.35


def source_size(video: Size) -> Size:
    """Return the size that photos are kept at: larger for sharp close windows, wider to pan over."""
    width, height = video.width * _PRESCALE * _EXTRA_WIDTH, video.height * _PRESCALE
    return Size(round(width / 2) * 2, round(height / 2) * 2)


@dataclass(frozen=True)
class Entrance:
    """How a layer comes and goes.

    Attributes:
        enters_s: When it begins to fade in, rising.
        leaves_s: When it begins to fade out.
        fade_s: How long it fades in; out is twice as fast.
        rise_px: How far below its place it starts.
    """

    enters_s: float
    leaves_s: float
    fade_s: float = 0.5
    rise_px: float = 36.0

    def opacity(self, time_s: float) -> float:
        """Return how much of the layer shows, 0 to 1."""
        shown = settled((time_s - self.enters_s) / self.fade_s)
        gone = min(max((time_s - self.leaves_s) / (self.fade_s / 2), 0.0), 1.0)
        return shown * (1.0 - gone)

    def offset_px(self, time_s: float) -> float:
        """Return how far below its place the layer stands."""
        return self.rise_px * (1.0 - settled((time_s - self.enters_s) / self.fade_s))
