"""Scrims: soft shadows laid into a photo, just as strong as the texts upon it need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from postengine.render.errors import ContrastUnreachable
from postengine.render.image.colour import Colour, luminance
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Rgba, Scrim, parse_colour

_SHARE_OF_PIXELS = 0.995
"""Under this share of a text's pixels the contrast holds; the rest are specks between letters."""

_MARGIN = 1.08
_DEEPENING = 0.26
_UNKNOWN = Rgba(255, 255, 255)
_SAMPLES = 600
"""How many pixels beneath a text are looked at, evenly spread: a speck that they miss hides no letter."""

_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.float32)


@dataclass(frozen=True)
class Standing:
    """A text that stands on a photo.

    Attributes:
        region: Around its letters, measured from the photo's top left corner.
        colour: Of its letters.
        opacity: Of its letters, 0 to 1.
    """

    region: Region
    colour: Colour
    opacity: float = 1.0


def with_scrims(
    photo: Image.Image, scrims: Sequence[Scrim], texts: Sequence[Standing], path: str
) -> Image.Image:
    """Return a photo with its scrims laid into it.

    Each text is the concern of the scrim whose edge is nearest. A scrim begins where its texts begin, fades
    out before them, and has the least opacity at which every one of them reads.

    Args:
        photo: At the size that the regions are measured in; it is changed.
        scrims: From the tree.
        texts: All that stand on it.
        path: Of the picture's node, for the error.

    Raises:
        ContrastUnreachable: Not even the scrim's full colour gives a text its contrast.
    """
    size = Size(*photo.size)
    for scrim in scrims:
        own = [text for text in texts if _nearest(scrims, text, size) is scrim]
        opacity = needed_opacity(photo, own, scrim, path)
        if opacity > 0:
            origin, mask = _mask(scrim, own, size, opacity)
            photo.paste(_plain(Size(*mask.size), _shade(scrim)), origin, mask)
    return photo


def scrim_layer(
    size: Size, scrim: Scrim, texts: Sequence[Standing], photos: Sequence[Image.Image], path: str = "scrim"
) -> NDArray[np.uint8]:
    """Return a scrim as a layer of its own, strong enough for its texts on each of several photos.

    Args:
        size: Of the layer, and of each photo.
        scrim: What it is like.
        texts: All that will stand on it.
        photos: What will lie beneath.
        path: For the error.

    Returns:
        Shape (height, width, 4), straight alpha.

    Raises:
        ContrastUnreachable: As of `with_scrims`.
    """
    opacity = max((needed_opacity(photo, texts, scrim, path) for photo in photos), default=scrim.at_least)
    layer = Image.new("RGBA", size, (*_shade(scrim), 0))
    origin, mask = _mask(scrim, texts, size, opacity)
    alpha = Image.new("L", size)
    alpha.paste(mask, origin)
    layer.putalpha(alpha)
    return np.asarray(layer)


def needed_opacity(photo: Image.Image, texts: Sequence[Standing], scrim: Scrim, path: str) -> float:
    """Return the least opacity of a scrim at which each of `texts` reads, 0 to 1.

    Raises:
        ContrastUnreachable: There is none.
    """
    wanted = scrim.contrast * _MARGIN
    shade = np.array(_shade(scrim), dtype=np.float64)
    beneath = [(text, samples) for text in texts if len(samples := _samples(photo, text.region))]
    opacity = scrim.at_least
    for text, samples in _unread(beneath, opacity, shade, wanted):
        if _worst(samples, opacity, text, shade) >= wanted:
            continue  # an earlier text has made the scrim strong enough
        if _worst(samples, 1.0, text, shade) < scrim.contrast:
            raise ContrastUnreachable(path, scrim.colour, scrim.contrast)
        low, high = opacity, 1.0
        for _ in range(7):
            middle = (low + high) / 2
            if _worst(samples, middle, text, shade) >= wanted:
                high = middle
            else:
                low = middle
        opacity = high
    return opacity


def _unread(
    beneath: Sequence[tuple[Standing, NDArray[np.float64]]],
    opacity: float,
    shade: NDArray[np.float64],
    wanted: float,
) -> list[tuple[Standing, NDArray[np.float64]]]:
    """Return the texts that an opacity does not make readable; one pass over all pixels, as most it does."""
    if not beneath:
        return []
    whole = np.concatenate([samples for _, samples in beneath])
    light = luminance((whole + (shade - whole) * opacity).round().astype(np.uint8))
    ends = np.cumsum([len(samples) for _, samples in beneath])
    parts = np.split(light, ends[:-1])
    return [
        (text, samples)
        for (text, samples), part in zip(beneath, parts, strict=True)
        if text.opacity < 1 or _least_ratio(part + 0.05, text.colour) < wanted
    ]


@lru_cache(maxsize=2)
def _plain(size: Size, colour: Colour) -> Image.Image:
    """Return a picture of one colour, not to be changed; pasting a colour itself takes twice as long."""
    return Image.new("RGB", size, colour)


def _shade(scrim: Scrim) -> Colour:
    return Colour(*(parse_colour(scrim.colour) or _UNKNOWN)[:3])


def _nearest(scrims: Sequence[Scrim], text: Standing, size: Size) -> Scrim:
    x = text.region.x + text.region.width / 2
    y = text.region.y + text.region.height / 2
    away = {
        "top": y / size.height,
        "bottom": 1 - y / size.height,
        "left": x / size.width,
        "right": 1 - x / size.width,
        "all": 0.0,
    }
    return min(scrims, key=lambda scrim: away[scrim.edge])


def _samples(photo: Image.Image, region: Region) -> NDArray[np.float64]:
    """Return pixels beneath a text, evenly spread over it, shape (n, 3)."""
    left, top = max(int(region.x), 0), max(int(region.y), 0)
    right, bottom = min(int(region.right) + 1, photo.width), min(int(region.bottom) + 1, photo.height)
    if left >= right or top >= bottom:
        return np.empty((0, 3))
    share = min((_SAMPLES / ((right - left) * (bottom - top))) ** 0.5, 1.0)
    size = max(round((right - left) * share), 1), max(round((bottom - top) * share), 1)
    # The nearest pixel of each: nothing is averaged, and nothing but the samples is copied.
    picked = photo.resize(size, Image.Resampling.NEAREST, box=(left, top, right, bottom))
    return np.asarray(picked.convert("RGB"), dtype=np.float64).reshape(-1, 3)


def _worst(samples: NDArray[np.float64], opacity: float, text: Standing, shade: NDArray[np.float64]) -> float:
    """Return the contrast that all but a speck of a text's pixels reach."""
    shaded = samples + (shade - samples) * opacity
    beneath = luminance(shaded) + 0.05
    if text.opacity >= 1:
        return _least_ratio(beneath, text.colour)
    letters = shaded + (np.array(text.colour, dtype=np.float64) - shaded) * text.opacity
    return _all_but_a_speck(luminance(letters) + 0.05, beneath)


def _least_ratio(beneath: NDArray[np.float64], colour: Colour) -> float:
    own = float(luminance(np.array(colour))) + 0.05
    return _all_but_a_speck(np.full_like(beneath, own), beneath)


def _all_but_a_speck(own: NDArray[np.float64], beneath: NDArray[np.float64]) -> float:
    ratios = np.maximum(beneath / own, own / beneath)
    at = int(len(ratios) * (1.0 - _SHARE_OF_PIXELS))
    return float(np.partition(ratios, at)[at])


def _mask(
    scrim: Scrim, texts: Sequence[Standing], size: Size, opacity: float
) -> tuple[tuple[int, int], Image.Image]:
    """Return a scrim's top left corner and its opacity from there, dithered: slow gradients show as bands."""
    if scrim.edge == "all":
        return (0, 0), Image.new("L", size, round(opacity * 255))
    is_across = scrim.edge in {"left", "right"}
    length = size.width if is_across else size.height
    full = _full_from(scrim, texts, size)
    starts = full + scrim.reach * length
    count = min(int(starts) + 1, length)
    place = np.arange(count, dtype=np.float32) + 0.5  # distance from the scrim's edge
    grown = np.clip((starts - place) / (starts - full), 0.0, 1.0)
    soft = grown * grown * grown * (grown * (grown * 6.0 - 15.0) + 10.0)
    beyond = np.clip((full - place) / max(full, 1.0), 0.0, 1.0)
    line = (soft * opacity + beyond * min(1.0 - opacity, _DEEPENING)) * 255.0
    count = max(int(np.count_nonzero(line > 0.5)), 1)  # beyond that nothing would be seen
    line = line[:count][::-1] if scrim.edge in {"bottom", "right"} else line[:count]
    dither = (_BAYER + 0.5) / 16.0
    # The pattern repeats, so four columns (rows, at the sides) say all; they are laid side by side.
    tiles = np.floor(line[:, None] + dither[np.arange(count) % 4]).clip(0, 255).astype(np.uint8)
    other = size.height if is_across else size.width
    whole = np.tile(tiles, (1, other // 4 + 1))[:, :other]
    if is_across:
        whole = np.ascontiguousarray(whole.T)
    origin = {
        "top": (0, 0),
        "left": (0, 0),
        "bottom": (0, size.height - count),
        "right": (size.width - count, 0),
    }[scrim.edge]
    return origin, Image.fromarray(whole)


def _full_from(scrim: Scrim, texts: Sequence[Standing], size: Size) -> float:
    """Return how far from its edge a scrim has its full opacity: as far as its texts reach."""
    reaches: Mapping[str, Callable[[Region], float]] = {
        "top": lambda region: region.bottom,
        "bottom": lambda region: size.height - region.y,
        "left": lambda region: region.right,
        "right": lambda region: size.width - region.x,
    }
    return max((reaches[scrim.edge](text.region) for text in texts), default=0.0)


def standing(region: Region, picture: Region, colour: str | None, opacity: float = 1.0) -> Standing:
    """Return a text as the scrims of a picture see it; a colour that cannot be told is taken for white."""
    red, green, blue, alpha = parse_colour(colour or "#000000") or _UNKNOWN
    moved = Region(region.x - picture.x, region.y - picture.y, region.width, region.height)
    return Standing(moved, Colour(red, green, blue), alpha * opacity)
