"""What a drawing engine must be able to do; everything above knows only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from postengine.render.image.fonts import FontSet
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Box

RgbaPixels = NDArray[np.uint8]
"""Shape (height, width, 4), 8 bits a channel, straight alpha."""


@dataclass(frozen=True)
class Line:
    """One line of a text, or a piece of one where the font changes.

    Attributes:
        text: As it was set. Lines of similar length (`text_wrap: balance`) are broken so when they are drawn
            only: they stand within the region of the lines that are told here.
        region: Where its letters stand in the picture; no trailing space reaches out of the text's box.
    """

    text: str
    region: Region


@dataclass(frozen=True)
class Placed:
    """Where a node came to stand.

    Attributes:
        region: Its border box in the picture; with a transform, the upright box around it.
        is_turned: A transform other than a move applies to it.
        unturned: Its own width and height where it is turned.
        lines: Of a text, top to bottom.
        children: As the node's own.
    """

    region: Region
    is_turned: bool = False
    lines: tuple[Line, ...] = ()
    children: tuple[Placed, ...] = ()
    unturned: tuple[float, float] | None = None

    @property
    def text_region(self) -> Region:
        """The box around a text's letters (the node's own where it has none): narrower than its box."""
        if not self.lines:
            return self.region
        left = min(line.region.x for line in self.lines)
        right = max(line.region.right for line in self.lines)
        return Region(left, self.region.y, right - left, self.region.height)


class DrawingEngine(Protocol):
    """Measures and draws."""

    @property
    def fonts(self) -> FontSet:
        """The fonts that texts are set in."""
        ...

    def measure(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> Placed:
        """Return where every node stands on a canvas of `size`."""
        ...

    def draw(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> RgbaPixels:
        """Draw the tree on a transparent ground of `size`.

        Raises:
            FontMissing: A text has characters that no font can draw.
            PictureMissing: A picture was not handed over.
            DrawingFailed: The engine refuses the tree.
        """
        ...
