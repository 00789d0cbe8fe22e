"""For rent: the photo above a light panel that reads like a card in the window."""

from __future__ import annotations

from postengine.render.image.tree import Box
from postengine.render.templates.parts import (
    Sheet,
    beside_photo,
    details,
    fact_row,
    filling,
    price_line,
    titled,
)


def for_rent(sheet: Sheet) -> Box:
    """Return the picture of a home to let."""
    if not sheet.has_photo:
        sheet = sheet.tighter(1.2)
    ink, page = sheet.on_paper, sheet.page
    width = page.column if sheet.has_photo else page.width
    title = titled(sheet, ink, width=width, share=0.84)
    tab = sheet.listing.badge or sheet.wording.term("for_rent")
    numbers = details(sheet, ink, width=width)
    if page.is_wide:
        parts = (title, price_line(sheet, ink, width=width), fact_row(sheet, ink, width=width))
        return beside_photo(sheet, parts, picture=filling(sheet, 0), tab=tab)
    return beside_photo(sheet, (title, numbers), picture=filling(sheet, 0), tab=tab)
