"""All shapes of a template side by side on one picture, for a look at them together."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

from PIL import Image, ImageDraw

from .drawing import Drawn

_GROUND = (233, 233, 230)
_INK = (70, 70, 70)
_GAP = 28
_CAPTION = 40
_WIDTH = 1500


def contact_sheet(pictures: Sequence[Drawn], format: Literal["jpeg", "png"]) -> bytes:  # noqa: A002 - as the option
    """Return one picture with all that were drawn: the upright ones in a row, the wide ones in one below."""
    drawn = [one for one in pictures if one.data is not None]
    rows = [
        [one for one in drawn if one.page.size.width <= one.page.size.height],
        [one for one in drawn if one.page.size.width > one.page.size.height],
    ]
    strips = [_strip(row) for row in rows if row]
    width = max(strip.width for strip in strips)
    sheet = Image.new("RGB", (width, sum(strip.height for strip in strips)), _GROUND)
    top = 0
    for strip in strips:
        sheet.paste(strip, (0, top))
        top += strip.height
    target = io.BytesIO()
    sheet.save(target, format.upper(), **({"quality": 88} if format == "jpeg" else {"compress_level": 1}))
    return target.getvalue()


def _strip(row: Sequence[Drawn]) -> Image.Image:
    """Return a row of pictures of one height, as wide as the sheet where there are several."""
    ratios = [one.page.size.width / one.page.size.height for one in row]
    height = min(int((_WIDTH - _GAP * (len(row) + 1)) / sum(ratios)), 720)
    width = sum(round(height * ratio) for ratio in ratios) + _GAP * (len(row) + 1)
    strip = Image.new("RGB", (width, _GAP + height + _CAPTION), _GROUND)
    draw = ImageDraw.Draw(strip)
    left = _GAP
    for one, ratio in zip(row, ratios, strict=True):
        size = (round(height * ratio), height)
        strip.paste(_small(one, size), (left, _GAP))
        name = f"{one.page.name}  {one.page.size.width} x {one.page.size.height}"
        draw.text((left, _GAP + height + 8), name, fill=_INK, font_size=18)
        left += size[0] + _GAP
    return strip


def _small(one: Drawn, size: tuple[int, int]) -> Image.Image:
    with Image.open(io.BytesIO(one.data or b"")) as picture:
        picture.draft("RGB", size)
        return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
