"""The sizes that pictures are drawn in, with the grid and the type scale of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from postengine.render.image.geometry import Region, Size

SizeName = Literal["square", "portrait", "story", "landscape"]


@dataclass(frozen=True)
class Page:
    """One size with its grid; all numbers in pixels, multiples of 4.

    Attributes:
        size: Of the picture.
        margin: Free of text left and right.
        top: Free of text at the top; a story's apps draw there.
        bottom: Free of text at the bottom.
        unit: Space between parts of a block.
        title: Largest size of the headline.
        title_least: Its smallest size.
        title_lines: The most lines it may take.
        price: Size of the price.
        body: Size of address and facts.
        small: Size of the signature and the badge.
        column: Width of the block of text.
        from_left: The scrim lies on the left, not at the bottom.
    """

    size: Size
    margin: int
    top: int
    bottom: int
    unit: int
    title: int
    title_least: int
    title_lines: int
    price: int
    body: int
    small: int
    column: int
    from_left: bool = False

    @property
    def safe(self) -> Region:
        """Where text may stand."""
        return Region(
            self.margin,
            self.top,
            self.size.width - 2 * self.margin,
            self.size.height - self.top - self.bottom,
        )


_PAGES: dict[SizeName, Page] = {
    "square": Page(Size(1080, 1080), 64, 64, 64, 24, 72, 40, 3, 56, 30, 26, 952),
    "portrait": Page(Size(1080, 1350), 72, 72, 72, 28, 80, 44, 3, 60, 32, 28, 936),
    # The apps' own buttons cover the top and the bottom of a story or reel: 250 and 340 px of 1920.
    "story": Page(Size(1080, 1920), 80, 256, 344, 32, 88, 48, 4, 68, 36, 32, 920),
    "landscape": Page(Size(1200, 628), 56, 56, 56, 18, 52, 32, 3, 40, 24, 22, 548, from_left=True),
}


def page_for(size: SizeName) -> Page:
    """Return the grid of a size."""
    return _PAGES[size]
