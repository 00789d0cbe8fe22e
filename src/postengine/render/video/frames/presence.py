"""How a layer stands at one frame: its opacity and its place, of its animations at both ends."""

from __future__ import annotations

from typing import NamedTuple

from postengine.render.image.geometry import Size
from postengine.render.video.plan import Span
from postengine.render.video.spec import Animation, Layer, Side

from .glass import Glass
from .transitions import softened

_TOWARDS: dict[Side, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class Presence(NamedTuple):
    """How a layer differs from how it was drawn.

    Attributes:
        opacity: 0 to 1.
        across: How far to the right of its place it stands, in pixels and fractions.
        down: How far below its place.
    """

    opacity: float = 1.0
    across: float = 0.0
    down: float = 0.0


RESTING = Presence()


def presence(layer: Layer, span: Span, frame: int, fps: int, glass: Glass, size: Size) -> Presence:
    """Return how a layer stands.

    A layer without `ends_s` stays to the end of the video as it is. Where one is there for less time than its
    animations take, both are cut short alike.

    Args:
        layer: With its animations.
        span: The frames in which it is there.
        frame: One of them.
        fps: Frames a second.
        glass: What it looks like, at its place.
        size: Of the video.
    """
    coming = _frames(layer.enters, fps)
    going = _frames(layer.leaves, fps) if layer.ends_s is not None else 0
    pace = min(span.frames / max(coming + going, 1), 1.0)
    coming, going = int(coming * pace), int(going * pace)
    since, left = frame - span.first, span.end - frame
    if since < coming:
        return _aside(layer.enters, -1, (since + 1) / (coming + 1), glass, size)
    if left <= going:
        return _aside(layer.leaves, 1, left / (going + 1), glass, size)
    return RESTING


def settled(t: float) -> float:
    """Return `t` (0 to 1) arriving fast and coming to rest.

    >>> settled(0.0), settled(0.5), settled(1.0)
    (0.0, 0.875, 1.0)
    """
    return 1.0 - (1.0 - t) ** 3


def _frames(animation: Animation, fps: int) -> int:
    return 0 if animation.kind == "none" else round(animation.seconds * fps)


def _aside(animation: Animation, sign: int, t: float, glass: Glass, size: Size) -> Presence:
    """Return how a layer stands at `t` of the way from nothing to all, before it rests (-1) or after (1)."""
    if animation.kind == "fade":
        return Presence(softened(t))
    share = 1 - settled(t)
    across, down = (sign * share * part for part in _TOWARDS[animation.side])
    if animation.kind == "slide":
        out = _way_out(across, down, glass, size)
        return Presence(1.0, across * out, down * out)
    return Presence(1 - share, across * animation.distance_px, down * animation.distance_px)


def _way_out(across: float, down: float, glass: Glass, size: Size) -> int:
    """Return how many pixels take a glass just out of the picture, in the direction it moves."""
    if across:
        return size.width - glass.x if across > 0 else glass.right
    return size.height - glass.y if down > 0 else glass.bottom
