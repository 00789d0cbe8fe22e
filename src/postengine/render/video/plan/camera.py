"""Where the camera looks: for every frame of a photo's scene, a window with fractional edges."""

from __future__ import annotations

import math
from dataclasses import dataclass

from postengine.render.image.geometry import CENTRE, Focus, Region, Size, cover
from postengine.render.video.spec import Move

_NOTHING_PX = 1e-6
_PANS = {"pan_left": (-1, 0), "pan_right": (1, 0), "pan_up": (0, -1), "pan_down": (0, 1)}


@dataclass(frozen=True)
class Camera:
    """A move over a photo, from its first window to its last; every window between lies between these two.

    Attributes:
        first: In the photo's pixels, not rounded; whole pixels would make the picture shake.
        last: Of the same shape.
    """

    first: Region
    last: Region

    @property
    def moves(self) -> bool:
        """Whether it sees more than one window, by more than a rounding error."""
        return not (self.first.holds(self.last, _NOTHING_PX) and self.last.holds(self.first, _NOTHING_PX))

    @property
    def bounds(self) -> Region:
        """The least region that holds everything the camera ever sees."""
        left, top = min(self.first.x, self.last.x), min(self.first.y, self.last.y)
        right, bottom = max(self.first.right, self.last.right), max(self.first.bottom, self.last.bottom)
        return Region(left, top, right - left, bottom - top)

    @property
    def closest_px(self) -> float:
        """Width of the nearest window, which asks for the most detail."""
        return min(self.first.width, self.last.width)

    def window(self, frame: int, frames: int) -> Region:
        """Return what is seen in one of a scene's frames, counted from 0."""
        share = self._share(eased(frame / max(frames - 1, 1)))
        return Region(
            _between(self.first.x, self.last.x, share),
            _between(self.first.y, self.last.y, share),
            _between(self.first.width, self.last.width, share),
            _between(self.first.height, self.last.height, share),
        )

    def shifted(self, across: float, down: float) -> Camera:
        """Return the same move, measured from another corner."""
        return Camera(
            *(Region(at.x + across, at.y + down, at.width, at.height) for at in (self.first, self.last))
        )

    def _share(self, along: float) -> float:
        """Return how far between the windows it is; coming nearer looks even if sizes change by factors."""
        start, end = self.first.width, self.last.width
        if abs(start - end) < 1e-9 * start:
            return along
        return (start * math.exp(along * math.log(end / start)) - start) / (end - start)


def camera(move: Move, source: Size, video: Size, focus: Focus = CENTRE) -> Camera:
    """Return the camera of a scene.

    Args:
        move: How it moves.
        source: The photo's size, upright.
        video: Every window has the shape of this.
        focus: Of the scene: the point that stays in view.
    """
    whole = cover(source, video, focus)
    about = Focus(*move.focus) if move.focus else focus
    if move.kind in _PANS:
        return _pan(move, source, whole, _PANS[move.kind])
    if move.kind == "drift":
        start = focus if move.focus else CENTRE
        return _drift(move.amount, source, cover(source, video, start), about)
    if move.kind == "none":
        return Camera(whole, whole)
    near = _nearer(whole, 1 - move.amount, Focus(about.x * source.width, about.y * source.height))
    return Camera(whole, near) if move.kind == "push_in" else Camera(near, whole)


def eased(t: float) -> float:
    """Return `t` (0 to 1) with a soft start and end, half of it straight: nothing stands still for long.

    >>> [eased(t) for t in (0.0, 0.5, 1.0)]
    [0.0, 0.5, 1.0]
    """
    return 0.5 * t + 0.5 * t * t * (3.0 - 2.0 * t)


def _nearer(window: Region, share: float, point: Focus) -> Region:
    """Return a smaller window in which `point` stands where it stood (at the edge, if it was outside)."""
    x, y = _inside(point.x, window.x, window.right), _inside(point.y, window.y, window.bottom)
    left, top = x - (x - window.x) * share, y - (y - window.y) * share
    return Region(left, top, window.width * share, window.height * share)


def _pan(move: Move, source: Size, whole: Region, side: tuple[int, int]) -> Camera:
    """Return a pan about the middle of `whole`, as far as the photo allows; nearer if it lacks room."""
    far = 1 + move.amount
    room = source.width / (whole.width * far) if side[0] else source.height / (whole.height * far)
    window = _nearer(whole, min(room, 1.0), _middle(whole))
    across, down = (window.width * move.amount * side[0], window.height * move.amount * side[1])
    seen = _within(source, _around(_middle(window), window.width + abs(across), window.height + abs(down)))
    start_x = seen.right - window.width if across < 0 else seen.x
    start_y = seen.bottom - window.height if down < 0 else seen.y
    first = Region(start_x, start_y, window.width, window.height)
    return Camera(first, Region(start_x + across, start_y + down, window.width, window.height))


def _drift(amount: float, source: Size, whole: Region, about: Focus) -> Camera:
    """Return a drift that ends about a point as well as can be, from no farther than `amount` away."""
    share = 1 - amount / 2
    width, height = whole.width * share, whole.height * share
    point = Focus(about.x * source.width, about.y * source.height)
    last = _within(source, _around(point, width, height))
    start, end = _middle(whole), _middle(last)
    most_x, most_y = whole.width * amount, whole.height * amount
    from_x = end.x + _inside(start.x - end.x, -most_x, most_x)
    from_y = end.y + _inside(start.y - end.y, -most_y, most_y)
    return Camera(_within(source, _around(Focus(from_x, from_y), whole.width, whole.height)), last)


def _around(point: Focus, width: float, height: float) -> Region:
    return Region(point.x - width / 2, point.y - height / 2, width, height)


def _middle(region: Region) -> Focus:
    return Focus(region.x + region.width / 2, region.y + region.height / 2)


def _within(source: Size, region: Region) -> Region:
    """Return the region moved into the photo."""
    x = _inside(region.x, 0.0, max(source.width - region.width, 0.0))
    y = _inside(region.y, 0.0, max(source.height - region.height, 0.0))
    return Region(x, y, region.width, region.height)


def _inside(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _between(start: float, end: float, share: float) -> float:
    return start + (end - start) * share
