"""The shadow between a scene and the layers: just as strong as the texts need on what the scene shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

from postengine.render.image.colour import Colour
from postengine.render.image.compose.scrims import Standing, needed_opacity, scrim_layer
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Scrim

from .glass import Glass, tinted
from .kernel import Kernel

_STEP = 1 / 64
"""Strengths are rounded up to steps, so that scenes that are alike share one shade."""

_ANYTHING = tuple(Image.new("RGB", (64, 64), (value, value, value)) for value in (0, 255))
"""The darkest and the lightest picture: whatever comes lies between."""


@dataclass
class Shades:
    """The shades of a video; one that was made is kept while it is needed by the next scene.

    Attributes:
        scrim: What they are like.
        size: Of the video.
        kernel: Converts colours.
    """

    scrim: Scrim
    size: Size
    kernel: Kernel
    _last: tuple[tuple[float, tuple[Standing, ...]], Glass | None] | None = field(default=None, repr=False)

    def over(
        self, pictures: Sequence[Image.Image] | None, texts: tuple[Standing, ...], path: str
    ) -> Glass | None:
        """Return the shade of a scene, or None where none is needed.

        Args:
            pictures: What the scene shows at several of its instants, in any one size; None if that is not
                known beforehand.
            texts: What will stand on it.
            path: Of the scene, for the error.

        Raises:
            ContrastUnreachable: Not even the scrim's full colour gives a text its contrast.
        """
        seen = pictures if pictures is not None else _ANYTHING
        small = [_smaller(text, self.size, Size(*seen[0].size)) for text in texts]
        needed = max(needed_opacity(one, small, self.scrim, path) for one in seen)
        opacity = min(math.ceil(needed / _STEP - 1e-6) * _STEP, 1.0)
        if self._last is None or self._last[0] != (opacity, texts):
            self._last = ((opacity, texts), self._made(opacity, texts))
        return self._last[1]

    def _made(self, opacity: float, texts: tuple[Standing, ...]) -> Glass | None:
        if opacity <= 0:
            return None
        strong = self.scrim.model_copy(update={"at_least": opacity})
        layer = scrim_layer(self.size, strong, texts, ())
        return tinted(layer[..., 3], Colour.from_hex(self.scrim.colour), self.kernel)


def _smaller(text: Standing, size: Size, small: Size) -> Standing:
    across, down = small.width / size.width, small.height / size.height
    region = text.region
    scaled = Region(region.x * across, region.y * down, region.width * across, region.height * down)
    return Standing(scaled, text.colour, text.opacity)
