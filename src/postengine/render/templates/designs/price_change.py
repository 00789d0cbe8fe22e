"""New price: the photo, the new price as its largest words, the old one struck through above."""

from __future__ import annotations

from postengine.render.image.tree import Box, Text
from postengine.render.templates.parts import (
    Ink,
    Letters,
    Sheet,
    column,
    fact_row,
    label,
    line,
    on_photo,
    price_line,
    row,
    titled,
)


def price_change(sheet: Sheet) -> Box:
    """Return the picture of a listing whose price has changed."""
    if not sheet.has_photo:
        sheet = sheet.tighter(1.2)
    ink, page = sheet.on_main, sheet.page
    badge = label(sheet, sheet.listing.badge or sheet.wording.term("price_change"), width=page.width)
    if page.is_wide:
        right = page.width * 0.4
        facts = fact_row(sheet, ink, width=right, justify_content="flex-end")
        prices = column(
            (_prices(sheet, ink, right, "flex-end"), facts), gap=page.space(0.4), align_items="flex-end"
        )
        left = column((badge, titled(sheet, ink, width=page.width * 0.56, share=0.8)), gap=page.unit)
        side = row((left, prices), justify_content="space-between", align_items="flex-end", width=page.width)
        return on_photo(sheet, (side,))
    title = titled(sheet, ink, width=page.width, share=0.72)
    facts = fact_row(sheet, ink, width=page.width)
    amounts = _prices(sheet, ink, page.width, "flex-start")
    if not sheet.has_photo:
        return on_photo(sheet, (badge, amounts, title, facts))
    return on_photo(
        sheet, (column((badge, amounts, column((title, facts), gap=page.space(0.75))), gap=page.unit),)
    )


def _prices(sheet: Sheet, ink: Ink, width: float, side: str) -> Box | None:
    new = price_line(sheet, ink, width=width, share=1.7)
    old = _old_price(sheet, ink, width)
    if new is None and old is None:
        return None
    return column((old, new), align_items=side, key="prices")


def _old_price(sheet: Sheet, ink: Ink, width: float) -> Text | None:
    old = sheet.listing.old_price
    if old is None:
        return None
    text, is_text = sheet.wording.money(old), isinstance(old, str)
    size = round(sheet.page.price * 0.62)
    words = line(sheet, text, Letters(size), ink.text, width=width, key="old_price", may_shorten=is_text)
    struck = {"text_decoration_line": "line-through", "text_decoration_thickness": max(round(size * 0.07), 2)}
    return words.model_copy(update={"style": words.style.model_copy(update=struck)})
