"""Under offer: the photo over a panel in the brand's colour with the news in one large line."""

from __future__ import annotations

from postengine.render.image.tree import Box
from postengine.render.templates.parts import (
    Letters,
    Sheet,
    beside_photo,
    column,
    filling,
    line,
    titled,
)


def under_offer(sheet: Sheet) -> Box:
    """Return the picture of a listing that is as good as sold."""
    ink, page = sheet.on_primary, sheet.page
    width = page.column if sheet.has_photo else page.width
    news = line(
        sheet,
        sheet.listing.badge or sheet.wording.term("under_offer"),
        Letters(round(page.display * 0.52), is_heading=True),
        ink.accent,
        width=width,
        key="news",
        least=0.3,
        leading=1.15,
    )
    parts = (news, titled(sheet, ink, width=width, share=0.62 if sheet.has_photo else 0.9, lines=3))
    return beside_photo(
        sheet, (column(parts, gap=page.space(0.75)),), picture=filling(sheet, 0), ground="primary"
    )
