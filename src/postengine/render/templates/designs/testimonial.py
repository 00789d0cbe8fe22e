"""Testimonial: a client's words, large and quiet, on the brand's colour."""

from __future__ import annotations

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box
from postengine.render.templates.listing import Testimonial
from postengine.render.templates.parts import (
    Ink,
    Letters,
    Sheet,
    beside_photo,
    column,
    filling,
    line,
    on_ground,
)
from postengine.render.templates.parts.quotes import quoted


def testimonial(sheet: Sheet) -> Box:
    """Return the picture of a quotation; with a photo, beside it.

    Raises:
        InputMissing: There is no testimonial.
    """
    said = sheet.listing.testimonial
    if said is None:
        raise InputMissing("testimonial", "testimonial", "a quotation with its author")
    page, ink = sheet.page, sheet.on_primary
    picture = filling(sheet, 0)
    width = page.column if picture is not None else page.width
    size = round(page.title * (0.72 if picture is not None else 0.9))
    quote = quoted(sheet, ink, said.quote, width=width, lines=4 if picture is not None else 9, size_px=size)
    parts = (quote, _author(sheet, said, ink, width))
    if picture is not None:
        return beside_photo(sheet, parts, picture=picture, ground="primary", has_agent=False)
    return on_ground(sheet, parts, ground="primary", has_agent=False)


def _author(sheet: Sheet, said: Testimonial, ink: Ink, width: float) -> Box:
    page = sheet.page
    name = line(sheet, said.author, Letters(page.body, weight=600), ink.accent, width=width, key="author")
    context = None
    if said.context:
        context = line(sheet, said.context, Letters(page.small), ink.text, width=width, key="context")
    return column((name, context))
