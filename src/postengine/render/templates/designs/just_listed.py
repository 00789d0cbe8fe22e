"""Just listed: the photo, full bleed, with headline, price and facts at its foot."""

from __future__ import annotations

from postengine.render.image.tree import Box, Node
from postengine.render.templates.parts import (
    Sheet,
    column,
    details,
    fact_row,
    label,
    on_photo,
    price_line,
    row,
    titled,
)

_WITHOUT_PHOTO = 1.2


def just_listed(sheet: Sheet) -> Box:
    """Return the picture of a new listing."""
    return photo_with_headline(sheet, sheet.listing.badge or sheet.wording.term("just_listed"))


def photo_with_headline(sheet: Sheet, badge: str | None) -> Box:
    """Return a photo with a label, the headline, the details and the signature upon it."""
    if not sheet.has_photo:
        sheet = sheet.tighter(_WITHOUT_PHOTO)
    ink, page = sheet.on_main, sheet.page
    named = None if badge is None else label(sheet, badge, width=page.width)
    if not page.is_wide or not sheet.has_photo:
        parts = (named, titled(sheet, ink, width=page.width), details(sheet, ink, width=page.width))
        return on_photo(sheet, _grouped(sheet, parts))
    narrow = page.width * 0.36
    numbers = (
        fact_row(sheet, ink, width=narrow, justify_content="flex-end"),
        price_line(sheet, ink, width=narrow),
    )
    if not any(numbers):
        return on_photo(sheet, (column((named, titled(sheet, ink, width=page.width)), gap=page.unit),))
    right = column(numbers, gap=page.space(0.4), align_items="flex-end", key="details")
    left = column((named, titled(sheet, ink, width=page.width * 0.6)), gap=page.unit)
    return on_photo(
        sheet,
        (row((left, right), justify_content="space-between", align_items="flex-end", width=page.width),),
    )


def _grouped(sheet: Sheet, parts: tuple[Node | None, ...]) -> tuple[Node | None, ...]:
    """Keep the parts near each other on a photo; without one there is room between them."""
    return (column(parts, gap=sheet.page.unit),) if sheet.has_photo else parts
