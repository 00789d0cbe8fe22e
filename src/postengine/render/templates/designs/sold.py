"""Sold: one word across the photo, as large as the page allows."""

from __future__ import annotations

from postengine.render.image.tree import Box, Style
from postengine.render.templates.parts import Letters, Sheet, column, line, on_photo, titled
from postengine.render.templates.parts.words import hung


def sold(sheet: Sheet) -> Box:
    """Return the picture of a property that has been sold."""
    ink, page = sheet.on_main, sheet.page
    word = line(
        sheet,
        sheet.listing.badge or sheet.wording.term("sold"),
        Letters(page.display, is_heading=True, tracking_em=-0.015),
        ink.text,
        width=page.width,
        key="news",
        least=0.2,
        leading=1.1,
    )
    stroke = Box(
        style=Style(width=page.space(3), height=max(page.unit // 5, 4), background_color=ink.mark.css())
    )
    told = titled(sheet, ink, width=page.width, share=0.62, lines=2)
    if not sheet.has_photo:
        return on_photo(sheet, (column((hung(sheet, word), stroke), gap=page.space(0.75)), told))
    return on_photo(sheet, (column((hung(sheet, word), stroke, told), gap=page.space(0.75)),))
