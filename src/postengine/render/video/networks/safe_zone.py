"""Where words may stand, so that no network's buttons cover them."""

from __future__ import annotations

import math

from postengine.render.image.geometry import Region, Size
from postengine.render.video.spec import PresetName

from .preset import SCREEN, Insets
from .presets import preset

_MARGIN = 0.05
_ANYWHERE = Insets(top=259, right=54, bottom=346, left=54)
"""For a video that may go anywhere: what all apps cover of a tall one, without their columns of buttons."""


def safe_region(name: PresetName | None, size: Size) -> Region:
    """Return where words may stand in a video of `size`, in whole pixels.

    A margin of 5 % stays on each side. On a network that fills the screen, the video stands in the middle of
    a 9:16 screen, and what the app covers of it counts as well: most for 9:16, less for a square.

    Args:
        name: The network; None keeps off what any of them covers above and below.
        size: Of the video.
    """
    covered = _ANYWHERE if name is None else preset(name).covered
    edges = _margins(size)
    if covered is not None:
        edges = tuple(max(pair) for pair in zip(edges, _reach(covered, size), strict=True))
    top, right, bottom, left = (math.ceil(edge) for edge in edges)
    return Region(left, top, size.width - left - right, size.height - top - bottom)


def _margins(size: Size) -> tuple[float, ...]:
    across, down = _MARGIN * size.width, _MARGIN * size.height
    return down, across, down, across


def _reach(covered: Insets, size: Size) -> tuple[float, ...]:
    """Return how far an app reaches into a video that fits the screen, in pixels of the video."""
    scale = max(size.width / SCREEN.width, size.height / SCREEN.height)
    beside = (SCREEN.width - size.width / scale) / 2
    above = (SCREEN.height - size.height / scale) / 2
    return (
        (covered.top - above) * scale,
        (covered.right - beside) * scale,
        (covered.bottom - above) * scale,
        (covered.left - beside) * scale,
    )
