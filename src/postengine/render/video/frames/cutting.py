"""Parts of a decoded photo: upright, sRGB and opaque, in its own pixels or picked from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import Decoded
from postengine.render.image.photo.orientation import stored_region, turned_upright
from postengine.render.image.photo.profile import to_srgb
from postengine.render.video.frame import Frame

from .kernel import Kernel

_STRIP_PX = 256
"""Rows that are converted at a time: a whole photo in all its forms at once would fill the memory."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Cutter:
    """Cuts parts from a photo.

    Attributes:
        decoded: The photo.
        paper: Colour under transparency.
    """

    decoded: Decoded
    paper: str

    def planes(self, region: Region, kernel: Kernel) -> Frame:
        """Return a region in the photo's own pixels; its sides are whole, width and height even."""
        width, height = round(region.width), round(region.height)
        whole = Frame(*(np.empty((height // by, width // by), np.uint8) for by in (1, 2, 2)))
        for y in range(0, height, _STRIP_PX):
            strip = Region(region.x, region.y + y, width, min(_STRIP_PX, height - y))
            rows = kernel.planes(np.asarray(self._strip(strip)))
            for plane, part, by in zip(whole.planes, rows.planes, (1, 2, 2), strict=True):
                plane[y // by : y // by + part.shape[0]] = part
        return whole

    def picked(self, region: Region, size: Size) -> Image.Image:
        """Return a region in a smaller size, each pixel one of the photo's."""
        is_turned = self.decoded.orientation > 4
        stored_size = (size.height, size.width) if is_turned else size
        box = self._stored(region)
        return self._finished(self.decoded.image.resize(stored_size, Image.Resampling.NEAREST, box=box))

    def _strip(self, region: Region) -> Image.Image:
        left, top, right, bottom = self._stored(region)
        return self._finished(self.decoded.image.crop((round(left), round(top), round(right), round(bottom))))

    def _stored(self, region: Region) -> Box:
        """Return the edges of a region in the stored pixels, without what a rounding error puts outside."""
        stored = stored_region(region, self.decoded.upright, self.decoded.orientation)
        width, height = self.decoded.image.size
        return max(stored.x, 0.0), max(stored.y, 0.0), min(stored.right, width), min(stored.bottom, height)

    def _finished(self, part: Image.Image) -> Image.Image:
        upright = turned_upright(part, self.decoded.orientation)
        upright.info = {}
        picture = to_srgb(upright, self.decoded.profile)
        if picture.mode != "RGBA":
            return picture
        ground = Image.new("RGBA", picture.size, self.paper)
        return Image.alpha_composite(ground, picture).convert("RGB")
