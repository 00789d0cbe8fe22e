"""A sample portrait: drawn, as the sample photographs are, so that no real person stands for an agent."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (960, 1200)
_SHARE = 0.76
_WALL, _LIGHT = (203, 210, 212), (236, 238, 236)
_SKIN, _SHADE, _HAIR = (222, 172, 140), (203, 148, 118), (66, 44, 38)
_JACKET, _LAPEL, _BLOUSE = (30, 47, 68), (40, 60, 84), (244, 240, 232)


def draw_portrait() -> bytes:
    """Return a woman in a jacket before a light wall, 960x1200, as a JPEG."""
    large = 2
    width, height = _SIZE
    picture = _wall().resize((width * large, height * large))
    draw = ImageDraw.Draw(picture)

    def at(x: float, y: float) -> tuple[float, float]:
        """Return where a point of the sketch stands: the person takes three quarters of the height."""
        return (480 + (x - 480) * _SHARE) * large, (1200 + (y - 1200) * _SHARE) * large

    def oval(x: float, y: float, across: float, down: float, colour: tuple[int, int, int]) -> None:
        draw.ellipse((*at(x - across, y - down), *at(x + across, y + down)), fill=colour)

    def shape(points: list[tuple[float, float]], colour: tuple[int, int, int]) -> None:
        draw.polygon([at(x, y) for x, y in points], fill=colour)

    oval(480, 480, 214, 280, _HAIR)
    shape([(266, 480), (694, 480), (704, 760), (256, 760)], _HAIR)
    oval(330, 770, 74, 70, _HAIR)
    oval(630, 770, 74, 70, _HAIR)
    shape([(396, 880), (564, 880), (840, 1080), (852, 1200), (108, 1200), (120, 1080)], _JACKET)
    oval(300, 1080, 180, 164, _JACKET)
    oval(660, 1080, 180, 164, _JACKET)
    shape([(408, 880), (552, 880), (530, 1200), (430, 1200)], _BLOUSE)
    shape([(412, 690), (548, 690), (552, 884), (480, 990), (408, 884)], _SHADE)
    shape([(410, 866), (480, 1200), (352, 1200), (322, 938)], _LAPEL)
    shape([(550, 866), (480, 1200), (608, 1200), (638, 938)], _LAPEL)
    oval(480, 540, 146, 202, _SKIN)
    shape([(322, 540), (350, 330), (520, 300), (424, 410)], _HAIR)
    shape([(638, 560), (616, 330), (480, 296), (566, 410)], _HAIR)
    for x in (420, 540):
        oval(x, 536, 13, 10, _HAIR)
        draw.arc((*at(x - 40, 496), *at(x + 40, 560)), 222, 318, fill=_HAIR, width=6 * large)
    shape([(480, 560), (496, 616), (468, 620)], _SHADE)
    draw.chord((*at(432, 606), *at(528, 678)), 14, 166, fill=(182, 84, 78))
    target = io.BytesIO()
    picture.resize(_SIZE, Image.Resampling.LANCZOS).save(target, "JPEG", quality=90)
    return target.getvalue()


def _wall() -> Image.Image:
    """Return a wall, with light from a window on its left."""
    small = Image.new("RGB", (96, 120), _WALL)
    draw = ImageDraw.Draw(small)
    draw.polygon(((0, 0), (58, 0), (30, 120), (0, 120)), fill=_LIGHT)
    return small.filter(ImageFilter.GaussianBlur(14))
