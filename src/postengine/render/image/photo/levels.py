"""Gentle auto-levels: a dull photo gets its black and white back, a good one stays as it is."""

from __future__ import annotations

import itertools
from typing import Literal

from PIL import Image

Levels = Literal["gentle"]
"""How brightness is evened out."""

_CLIP = 0.005  # share of pixels that may go to pure black, and to pure white
_MOST_SHIFT = 18  # of 255: how far black may be pulled down
_MOST_GAIN = 1.16
_GOOD_ENOUGH = 6  # of 255: less to gain than this is left alone


def gentle_levels(image: Image.Image) -> Image.Image:
    """Return the picture with its brightness stretched a little towards the full range.

    One straight line for all three channels, so that colours keep their hue: black is where half a percent of
    the pixels are darker, white where half a percent are brighter, within limits that keep a dusk a dusk.
    A photo that already spans the range is returned unchanged.

    Args:
        image: RGB or RGBA; transparency is kept.
    """
    opaque = image.convert("RGB") if image.mode == "RGBA" else image
    dark, bright = _ends(opaque.convert("L").histogram())
    black = min(dark, _MOST_SHIFT)
    gain = min(255 / max(bright - black, 1), _MOST_GAIN)
    if (black <= _GOOD_ENOUGH and bright >= 255 - _GOOD_ENOUGH) or bright <= black:
        return image
    table = [min(max(round((value - black) * gain), 0), 255) for value in range(256)]
    done = opaque.point(table * 3)
    if image.mode == "RGBA":
        done.putalpha(image.getchannel("A"))
    return done


def _ends(histogram: list[int]) -> tuple[int, int]:
    allowed = sum(histogram) * _CLIP
    return _first_above(histogram, allowed), 255 - _first_above(histogram[::-1], allowed)


def _first_above(histogram: list[int], allowed: float) -> int:
    sums = itertools.accumulate(histogram)
    return next(value for value, passed in enumerate(sums) if passed > allowed)
