"""What a drawing engine must be able to do; templates know only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .geometry import Region, Size
from .nodes import Box, Font

RgbaPixels = NDArray[np.uint8]
"""Shape (height, width, 4), 8 bits a channel, straight alpha."""


@dataclass(frozen=True)
class TextExtent:
    """What a text takes when it is set.

    Attributes:
        width_px: Of its widest line, without trailing spaces.
        height_px: Of all its lines.
        lines: How many.
    """

    width_px: float
    height_px: float
    lines: int


class DrawingEngine(Protocol):
    """Measures, places and draws."""

    def measure_text(self, text: str, font: Font, width_px: float) -> TextExtent:
        """Return what `text` takes when it is broken at `width_px`."""
        ...

    def drawable(self, text: str) -> str:
        """Return `text` without the ornaments (emoji) that no font can draw.

        Raises:
            FontMissing: A letter has no glyph.
        """
        ...

    def place(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> Mapping[str, Region]:
        """Return where every node with a key stands; a text's region is that of its lines."""
        ...

    def draw(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> RgbaPixels:
        """Draw the tree on a transparent ground of `size`."""
        ...
