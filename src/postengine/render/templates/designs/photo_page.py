"""A page of a carousel: one photo, full bleed, with at most one line about it."""

from __future__ import annotations

from postengine.render.image.tree import Box
from postengine.render.templates.parts import Letters, Sheet, on_photo, paragraph


def photo_page(sheet: Sheet) -> Box:
    """Return a photo with the first feature upon it, if there is one."""
    page, ink = sheet.page, sheet.on_main
    said = sheet.listing.features[:1]
    words = [
        paragraph(
            sheet,
            text,
            Letters(round(page.title * 0.7), is_heading=True),
            ink.text,
            width=page.width,
            lines=2,
            least_px=page.title * 0.4,
            key="title",
        )
        for text in said
    ]
    return on_photo(sheet, words, has_agent=False)
