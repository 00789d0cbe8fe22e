"""Sizes, regions and the crop that covers a size: plain arithmetic, in pixels, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True)
class Region:
    """An upright rectangle in pixels; `x` and `y` are its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x just past the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y just past the bottom edge."""
        return self.y + self.height

    def holds(self, other: Region, slack_px: float = 0.5) -> bool:
        """Return whether `other` lies inside, give or take `slack_px`."""
        return (
            other.x >= self.x - slack_px
            and other.y >= self.y - slack_px
            and other.right <= self.right + slack_px
            and other.bottom <= self.bottom + slack_px
        )


class Focus(NamedTuple):
    """The point of a photo that stays in view, as fractions from its top left corner."""

    x: float = 0.5
    y: float = 0.5


CENTRE = Focus()


def cover(source: Size, target: Size, focus: Focus = CENTRE) -> Region:
    """Return the largest window of `source` with the shape of `target`, as near to `focus` as it can be.

    >>> cover(Size(400, 300), Size(100, 100))
    Region(x=50.0, y=0.0, width=300.0, height=300.0)
    """
    scale = min(source.width / target.width, source.height / target.height)
    width, height = target.width * scale, target.height * scale
    return Region(
        _clamp(focus.x * source.width - width / 2, source.width - width),
        _clamp(focus.y * source.height - height / 2, source.height - height),
        width,
        height,
    )


def _clamp(value: float, limit: float) -> float:
    return min(max(value, 0.0), max(limit, 0.0))
