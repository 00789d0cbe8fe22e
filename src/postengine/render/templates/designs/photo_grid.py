"""Photo grid: one large photo, smaller ones in a row or a column, and one line of text."""

from __future__ import annotations

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box, Node
from postengine.render.templates.parts import (
    Sheet,
    beside_photo,
    column,
    details,
    fact_row,
    filling,
    price_line,
    room,
    row,
    titled,
)
from postengine.render.templates.parts.frames import WHOLE

_GAP = 8


def photo_grid(sheet: Sheet) -> Box:
    """Return up to four photos of a listing in one picture.

    Raises:
        InputMissing: There is no photo.
    """
    if not sheet.listing.photos:
        raise InputMissing("photo_grid", "photos", "at least one photo")
    ink, page = sheet.on_paper, sheet.page
    width = page.column
    text = titled(sheet, ink, width=width, share=0.8 if page.is_wide else 0.62, lines=2)
    numbers: tuple[Node | None, ...] = (details(sheet, ink, width=width, share=0.8),)
    if page.is_wide:
        numbers = (price_line(sheet, ink, width=width), fact_row(sheet, ink, width=width))
    return beside_photo(sheet, (text, *numbers), picture=_grid(sheet), tab=sheet.listing.badge)


def _grid(sheet: Sheet) -> Box:
    large = filling(sheet, 0)
    assert large is not None  # noqa: S101 - counted above
    small = [part for part in (filling(sheet, at) for at in (1, 2, 3)) if part is not None]
    if not small:
        return large
    if sheet.page.name == "square":  # below each other, all of them would be slots
        strip = column(small, gap=_GAP, align_items="stretch", width="34%")
        return room((row((large, strip), gap=_GAP, align_items="stretch", **WHOLE),))
    height = "44%" if len(small) == 1 else "32%"
    strip = row(small, gap=_GAP, align_items="stretch", width="100%", height=height)
    return room((column((large, strip), gap=_GAP, align_items="stretch", **WHOLE),))
