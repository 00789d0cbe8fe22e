"""The shapes that pictures are drawn in, with the grid and the type scale of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from postengine.render.image.geometry import Region, Size

ShapeName = Literal["square", "portrait", "story", "landscape", "link"]

PHONE_PT = 390
"""How wide a picture is shown on a phone, in points: every shape spans the screen there.

Square and upright posts run edge to edge in a feed and a story fills the screen, so their width is the
phone's, 390 pt for the commonest ones. Wide pictures do no better: feeds show a 16:9 picture, a video's cover
and the picture of a link at the full width of the column, which on a phone is the screen. So a letter on a
1920 px wide picture needs almost twice the pixels that it needs on a 1080 px wide one.
"""

_LEAST_PT = 9.0
_FINE_PT = 7.5


@dataclass(frozen=True)
class Page:
    """One shape with its grid. All numbers are pixels; spaces are multiples of 4.

    Attributes:
        name: Of the shape.
        size: Of the picture.
        margin: Free of text left and right.
        top: Free of text at the top; a story's apps draw there.
        bottom: Free of text at the bottom.
        unit: The grid: spaces are whole multiples, halves or quarters of it.
        display: Size of one large word or number.
        title: Largest size of a headline.
        title_least: Its smallest size.
        title_lines: The lines it may take, unless it is so long that it needs more.
        price: Size of a price.
        body: Size of address, facts and sentences.
        small: Size of the signature and of labels.
        fine: Size of legal lines; the smallest of all.
        column: Width of a text column in a panel.
        features: How many a list shows.
        most_lines: Of a text so long that it needs more than its usual lines.
        is_wide: A panel stands beside its photo and not below it.
        left: Also free of text at the left, beside the margin.
        right: Also free of text at the right, where an app has its buttons over a video.
    """

    name: ShapeName
    size: Size
    margin: int
    top: int
    bottom: int
    unit: int
    display: int
    title: int
    title_least: int
    title_lines: int
    price: int
    body: int
    small: int
    fine: int
    column: int
    features: int = 6
    most_lines: int = 8
    is_wide: bool = False
    left: int = 0
    right: int = 0

    @property
    def safe(self) -> Region:
        """Where text may stand."""
        return Region(
            self.margin + self.left, self.top, self.width, self.size.height - self.top - self.bottom
        )

    @property
    def width(self) -> int:
        """Of the part between the margins."""
        return self.size.width - 2 * self.margin - self.left - self.right

    @property
    def least(self) -> int:
        """The smallest size of all but legal lines: 9 points on a phone."""
        return self.pixels(_LEAST_PT)

    @property
    def least_fine(self) -> int:
        """The smallest size of legal lines: 7.5 points on a phone."""
        return self.pixels(_FINE_PT)

    def space(self, times: float) -> int:
        """Return so many units as a space on the grid of 4 px."""
        return max(round(self.unit * times / 4) * 4, 4)

    def pixels(self, points: float) -> int:
        """Return how many pixels are at least so many points on a phone."""
        return math.ceil(points * self.size.width / PHONE_PT)


_PAGES: dict[ShapeName, Page] = {
    page.name: page
    for page in (
        Page("square", Size(1080, 1080), 64, 64, 60, 24, 260, 80, 38, 2, 60, 32, 27, 22, 952),
        Page("portrait", Size(1080, 1350), 72, 72, 68, 28, 300, 92, 42, 2, 72, 36, 29, 23, 936),
        # The apps' own buttons cover the top and the bottom of a story or reel: 250 and 340 px of 1920.
        Page("story", Size(1080, 1920), 80, 256, 344, 32, 340, 104, 46, 4, 84, 42, 33, 25, 920),
        Page(
            "landscape",
            Size(1920, 1080),
            96,
            88,
            80,
            36,
            320,
            112,
            56,
            2,
            88,
            50,
            46,
            38,
            848,
            4,
            is_wide=True,
        ),
        Page("link", Size(1200, 628), 56, 52, 48, 20, 180, 64, 36, 2, 50, 31, 29, 24, 528, 4, is_wide=True),
    )
}

SHAPES: tuple[ShapeName, ...] = tuple(_PAGES)
"""Every shape: 1:1, 4:5, 9:16, 16:9 and a link's preview, 1.91:1."""


def page_for(shape: ShapeName) -> Page:
    """Return the grid of a shape."""
    return _PAGES[shape]
