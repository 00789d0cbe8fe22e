"""Painting: the pictures beneath, what the engine draws above, both in one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from postengine.render.image.colour import Colour
from postengine.render.image.draw.engine import Placed, RgbaPixels
from postengine.render.image.geometry import Focus, Region, Size
from postengine.render.image.photo import Decoded, Fit, FocusChoice, Levels, fitted
from postengine.render.image.tree import Box

from .plan import Spot, texts_on
from .scrims import Standing, standing, with_scrims

_SMOOTHING = 4
_LONGEST_PX = 8_192
"""Longer pictures the engine does not read."""


def canvas_of(size: Size, ground: Colour | None) -> Image.Image:
    """Return an empty canvas: in the ground's colour, or transparent."""
    return Image.new("RGBA", size) if ground is None else Image.new("RGB", size, ground)


def pixels_for(spot: Spot, decoded: Decoded, root: Box, placed: Placed) -> Image.Image:
    """Return a picture as large as its place, with its scrims in it."""
    asked = spot.node.style.object_fit
    fit: Fit = asked if asked in ("contain", "blur-fill") else "cover"
    levels: Levels | None = "gentle" if spot.node.levels else None
    size = shown_size(spot)
    picture = fitted(decoded, size, fit=fit, focus=_focus(spot), levels=levels, paper=None)
    if not spot.node.scrims or spot.region.width <= 0 or spot.region.height <= 0:
        return picture
    across, down = size.width / spot.region.width, size.height / spot.region.height
    texts = [
        _scaled(standing(where.text_region, spot.region, text.style.color, opacity), across, down)
        for text, where, opacity in texts_on(spot.path, spot.region, root, placed)
    ]
    return with_scrims(picture, spot.node.scrims, texts, spot.path)


def shown_size(spot: Spot) -> Size:
    """Return the size in pixels that a picture is made in: that of its place, where it is cut for that.

    Where the engine must find the right part of it or distort it, it gets all of it, as large as it is seen.
    """
    style, size = spot.node.style, whole_pixels(spot.region)[2]
    is_cut = style.object_fit in {"cover", "contain"} and style.object_position is None
    if is_cut or style.object_fit == "blur-fill":
        return size
    width, height = spot.natural
    scale = max(size.width / width, size.height / height)
    if style.object_fit in {"none", "scale-down"} or scale > 1:
        return spot.natural
    return Size(max(round(width * scale), 1), max(round(height * scale), 1))


def covers(picture: Image.Image, spot: Spot, size: Size) -> bool:
    """Whether a picture hides all of the canvas, which then need not be made."""
    is_whole = whole_pixels(spot.region) == (0, 0, size)
    return is_whole and picture.mode == "RGB" and not spot.radius_px


def lay(canvas: Image.Image, picture: Image.Image, spot: Spot) -> None:
    """Put a picture on the canvas, its corners rounded."""
    left, top, size = whole_pixels(spot.region)
    mask = _rounded(size, spot.radius_px) if spot.radius_px > 0 else None
    if picture.mode == "RGBA":
        own = picture.getchannel("A")
        mask = own if mask is None else ImageChops.multiply(own, mask)
    if mask is None or canvas.mode == "RGB":
        canvas.paste(picture, (left, top), mask)
        return
    layer = Image.new("RGBA", canvas.size)
    picture.putalpha(mask)  # a picture without transparency becomes one with it
    layer.paste(picture, (left, top))
    canvas.alpha_composite(layer)


def lay_over(canvas: Image.Image, layer: RgbaPixels, origin: tuple[int, int]) -> Image.Image:
    """Put what the engine drew on top, its corner at `origin`; only the part that is not empty costs time."""
    height, width = layer.shape[:2]
    drawn = Image.frombuffer("RGBA", (width, height), np.ascontiguousarray(layer), "raw", "RGBA", 0, 1)
    box = drawn.getbbox()
    if box is None:
        return canvas
    part = drawn.crop(box)
    place = origin[0] + box[0], origin[1] + box[1]
    if canvas.mode == "RGBA":
        canvas.alpha_composite(part, place)
    else:
        canvas.paste(part, place, part)
    return canvas


def encoded(picture: Image.Image) -> bytes:
    """Return a picture as the engine reads it; one that is too long is made smaller, and stretched again."""
    longest = max(picture.size)
    if longest > _LONGEST_PX:
        width, height = (max(side * _LONGEST_PX // longest, 1) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.BILINEAR)
    target = io.BytesIO()
    if picture.mode == "RGBA" or picture.width * picture.height < 200_000:
        picture.save(target, "PNG", compress_level=1)
    else:
        picture.save(target, "JPEG", quality=95, subsampling=0)
    return target.getvalue()


def whole_pixels(region: Region) -> tuple[int, int, Size]:
    """Return a region's left, top and size in whole pixels."""
    left, top = round(region.x), round(region.y)
    return left, top, Size(max(round(region.right) - left, 1), max(round(region.bottom) - top, 1))


def _scaled(text: Standing, across: float, down: float) -> Standing:
    region = text.region
    scaled = Region(region.x * across, region.y * down, region.width * across, region.height * down)
    return replace(text, region=scaled)


def _focus(spot: Spot) -> FocusChoice:
    focus = spot.node.focus
    if focus is None:
        return "centre"
    return "smart" if focus == "smart" else Focus(*focus)


def _rounded(size: Size, radius_px: float) -> Image.Image:
    """Return a mask with smooth round corners."""
    radius = min(radius_px, size.width / 2, size.height / 2)
    edge = max(int(np.ceil(radius)), 1)
    large = Image.new("L", (2 * edge * _SMOOTHING, 2 * edge * _SMOOTHING))
    draw = ImageDraw.Draw(large)
    last = 2 * edge * _SMOOTHING - 1
    draw.rounded_rectangle((0, 0, last, last), radius * _SMOOTHING, fill=255)
    small = large.resize((2 * edge, 2 * edge), Image.Resampling.BOX)
    mask = Image.new("L", size, 255)
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
        tile = small.crop((x * edge, y * edge, (x + 1) * edge, (y + 1) * edge))
        mask.paste(tile, (x * (size.width - edge), y * (size.height - edge)))
    return mask


def used_sources(spots: Sequence[Spot]) -> dict[str, list[Size]]:
    """Return for each source the sizes that it is made in."""
    sizes: dict[str, list[Size]] = {}
    for spot in spots:
        sizes.setdefault(spot.node.source, []).append(shown_size(spot))
    return sizes
