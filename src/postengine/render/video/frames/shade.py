"""The shadow between a scene and the layers: just as strong as the texts need on what the scene shows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from postengine.render.image.colour import Colour
from postengine.render.image.compose.scrims import Standing, needed_opacity, scrim_layer
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Scrim

from .glass import Glass, tinted
from .kernel import Kernel

_FAR, _MARGIN = 0.35, 0.03
"""What is left of a shade far beside the texts, and from how far on it grows fainter."""

_STEP = 1 / 64
"""Strengths are rounded up to steps, so that scenes that are alike share one shade."""


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

    def over(self, pictures: Iterable[Image.Image], texts: tuple[Standing, ...], path: str) -> Glass | None:
        """Return the shade of a scene, or None where none is needed.

        Args:
            pictures: What the scene shows at several of its instants, one or more, in any size.
            texts: What will stand on it.
            path: Of the scene, for the error.

        Raises:
            ContrastUnreachable: Not even the scrim's full colour gives a text its contrast.
        """
        needed = max(
            needed_opacity(
                one, [_smaller(text, self.size, Size(*one.size)) for text in texts], self.scrim, path
            )
            for one in pictures
        )
        opacity = min(math.ceil(needed / _STEP - 1e-6) * _STEP, 1.0)
        if self._last is None or self._last[0] != (opacity, texts):
            self._last = ((opacity, texts), self._made(opacity, texts))
        return self._last[1]

    def _made(self, opacity: float, texts: tuple[Standing, ...]) -> Glass | None:
        if opacity <= 0:
            return None
        strong = self.scrim.model_copy(update={"at_least": opacity})
        alpha = scrim_layer(self.size, strong, texts, ())[..., 3]
        if texts and self.scrim.edge in {"top", "bottom"}:
            alpha = (alpha * _beside(texts, self.size, self.scrim.reach)).astype(np.uint8)
        return tinted(alpha, Colour.from_hex(self.scrim.colour), self.kernel)


def _beside(texts: Sequence[Standing], size: Size, reach: float) -> NDArray[np.float64]:
    """Return how much of a shade stays over each column: all of it over texts, less and less beside them."""
    place = np.arange(size.width) + 0.5
    left = min(text.region.x for text in texts) - _MARGIN * size.width
    right = max(text.region.right for text in texts) + _MARGIN * size.width
    away = np.maximum(np.maximum(left - place, place - right), 0.0) / (reach * max(size))
    gone = np.clip(away, 0.0, 1.0)
    return np.asarray(1.0 - (1.0 - _FAR) * gone * gone * (3.0 - 2.0 * gone))


def _smaller(text: Standing, size: Size, small: Size) -> Standing:
    across, down = small.width / size.width, small.height / size.height
    region = text.region
    scaled = Region(region.x * across, region.y * down, region.width * across, region.height * down)
    return Standing(scaled, text.colour, text.opacity)
