"""Neutral pictures for those that a preview has no file for."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from postengine.render.image.colour import BLACK, WHITE, Colour
from postengine.render.templates.brand import Brand

_PHOTO = (1600, 1200)
_PORTRAIT = (900, 1200)
_LOGO = (320, 120)
_TONES = (Colour(146, 160, 172), Colour(163, 157, 146), Colour(142, 156, 144), Colour(158, 148, 158))


def drawn_photo(index: int) -> bytes:
    """Return a house in one tone, under a sky that grows lighter towards it; `index` turns the tone."""
    tone = _TONES[index % len(_TONES)]
    picture = _sky(_PHOTO, tone)
    draw = ImageDraw.Draw(picture)
    wall, roof, pane = tone.mixed(BLACK, 0.3), tone.mixed(BLACK, 0.45), tone.mixed(WHITE, 0.55)
    draw.rectangle((0, 900, 1600, 1200), fill=tone.mixed(BLACK, 0.55))
    draw.rectangle((470, 520, 1130, 920), fill=wall)
    draw.polygon(((410, 530), (800, 260), (1190, 530)), fill=roof)
    for left in (560, 900):
        draw.rectangle((left, 610, left + 140, 770), fill=pane)
    draw.rectangle((752, 720, 848, 920), fill=roof)
    return _jpeg(picture)


def drawn_portrait() -> bytes:
    """Return the outline of a person."""
    tone = _TONES[1]
    picture = _sky(_PORTRAIT, tone)
    draw = ImageDraw.Draw(picture)
    figure = tone.mixed(BLACK, 0.35)
    draw.ellipse((300, 230, 600, 590), fill=figure)
    draw.ellipse((130, 680, 770, 1500), fill=figure)
    return _jpeg(picture)


def drawn_logo(brand: Brand, *, is_light: bool) -> bytes:
    """Return the agency's first letters in a frame, on nothing."""
    colour = WHITE if is_light else brand.ink_colour
    picture = Image.new("RGBA", _LOGO)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((3, 3, _LOGO[0] - 4, _LOGO[1] - 4), 18, outline=colour, width=6)
    letters = "".join(word[0] for word in brand.name.split() if word[0].isalnum())[:3].upper()
    draw.text((_LOGO[0] / 2, _LOGO[1] / 2), letters or "LOGO", fill=colour, anchor="mm", font_size=64)
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=1)
    return target.getvalue()


def _sky(size: tuple[int, int], tone: Colour) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(
        Image.new("RGB", size, tone.mixed(WHITE, 0.5)), Image.new("RGB", size, tone.mixed(BLACK, 0.08)), ramp
    )


def _jpeg(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=88)
    return target.getvalue()
