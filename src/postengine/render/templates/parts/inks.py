"""Inks: the colours for what stands on one ground, toned until they can be seen on it."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import lru_cache

from postengine.render.image.colour import BLACK, WHITE, Colour, contrast

VISIBLE = 3.0
"""The least contrast of a mark that is no text (WCAG 2.2, 1.4.11)."""

READABLE = 4.5
_STEPS = 100


@dataclass(frozen=True)
class Ink:
    """The colours for what stands on one ground.

    Attributes:
        ground: The colour beneath; over a photo, its scrim's.
        text: Of words, at least 4.5 to 1 (7 to 1 on paper and over photos).
        mark: Of icons, rules and charts: the accent, toned until it has 3 to 1.
        accent: Of words in the accent colour, toned until it has 4.5 to 1.
        logo: Key of the logo that is made for this ground.
    """

    ground: Colour
    text: Colour
    mark: Colour
    accent: Colour
    logo: str | None


@lru_cache(maxsize=512)
def toned(colour: Colour, ground: Colour, ratio: float) -> Colour:
    """Return `colour`, its lightness moved away from that of `ground` until their contrast is `ratio`.

    Hue and saturation stay, as far as black or white, of which one has 4.58 to 1 with any ground.

    >>> toned(Colour(224, 185, 114), Colour(20, 33, 61), 4.5)
    Colour(red=224, green=185, blue=114)
    """
    away = BLACK if contrast(BLACK, ground) > contrast(WHITE, ground) else WHITE
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    for step in range(_STEPS):
        share = step / _STEPS
        to = light * (1 - share) if away is BLACK else light + (1 - light) * share
        moved = colorsys.hls_to_rgb(hue, to, saturation)
        tone = colour if step == 0 else Colour(*(round(channel * 255) for channel in moved))
        if contrast(tone, ground) >= ratio:
            return tone
    return away
