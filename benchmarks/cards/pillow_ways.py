"""The floor (Pillow, no text at all), and the card as one would write it by hand with Pillow alone."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont, ImageOps

from postengine.render.image.fonts import SANS, SERIF, default_fonts

SIZE = (1080, 1350)
_FULL = 760


def floor(photo: bytes) -> bytes:
    """Decode at a draft's scale, crop, encode: what no picture with this photo can do without."""
    return _written(_cropped(photo))


def by_hand(photo: bytes) -> bytes:
    """Draw the card with ImageDraw: a gradient, and each line at a place and size chosen by hand."""
    picture = _cropped(photo)
    column = Image.new("L", (1, SIZE[1]))
    for y in range(SIZE[1]):
        column.putpixel((0, y), round(220 * min(max((y - 300) / (_FULL - 300), 0.0), 1.0)))
    picture.paste((8, 13, 24), (0, 0), column.resize(SIZE))
    draw = ImageDraw.Draw(picture)
    serif, sans = (_Font(name) for name in (SERIF, SANS))
    draw.rectangle((72, 700, 290, 748), fill="#e0b972")
    draw.text((92, 710), "JUST LISTED", font=sans(27), fill="#111418")
    for at, line in enumerate(("3 bedroom apartment", "by the harbour")):
        draw.text((72, 860 + at * 105), line, font=serif(92), fill="white")
    draw.text((112, 1080), "Hafenstraße 12, Hamburg", font=sans(36), fill="white")
    draw.text((72, 1130), "€485,000", font=serif(72), fill="white")
    draw.text((700, 1150), "3   2   112 m²", font=sans(36), fill="white")
    draw.line((72, 1230, 1008, 1230), fill="#9aa0a8", width=2)
    draw.text((72, 1250), "Petersen & Co", font=serif(32), fill="white")
    draw.text((1008, 1246), "Anna Petersen", font=sans(29), fill="white", anchor="ra")
    draw.text((1008, 1282), "+49 40 123 45 67", font=sans(29), fill="white", anchor="ra")
    return _written(picture)


def _cropped(photo: bytes) -> Image.Image:
    with Image.open(io.BytesIO(photo)) as image:
        scale = max(SIZE[0] / image.width, SIZE[1] / image.height)
        image.draft(None, (round(image.width * scale), round(image.height * scale)))
        return ImageOps.fit(image.convert("RGB"), SIZE, Image.Resampling.LANCZOS)


def _written(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=90)
    return target.getvalue()


class _Font:
    """One family at any size; each is made once."""

    def __init__(self, family: str) -> None:
        self._file = default_fonts().face(family, weight=600).read()
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}

    def __call__(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(io.BytesIO(self._file), size)
        return self._sizes[size]
