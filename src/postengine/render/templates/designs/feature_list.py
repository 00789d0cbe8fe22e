"""Features: what speaks for a property, as a short list beside its photo."""

from __future__ import annotations

from postengine.render.image.tree import Box
from postengine.render.templates.parts import (
    Ink,
    Sheet,
    beside_photo,
    column,
    filling,
    headline,
    price_line,
    row,
    told,
)


def feature_list(sheet: Sheet) -> Box:
    """Return the picture of what a listing has."""
    if not sheet.has_photo:
        sheet = sheet.tighter(1.15)
    ink, page = sheet.on_paper, sheet.page
    width = page.column if sheet.has_photo else page.width
    parts = (
        headline(sheet, ink, width=width, share=0.58, lines=2),
        _list(sheet, ink, width),
        price_line(sheet, ink, width=width, share=0.7, colour="accent"),
    )
    return beside_photo(
        sheet,
        parts,
        picture=filling(sheet, 0),
        tab=sheet.listing.badge or sheet.wording.term("features"),
    )


def _list(sheet: Sheet, ink: Ink, width: float) -> Box | None:
    page = sheet.page
    features = sheet.listing.features[: page.features]
    if not features:
        return None
    columns = 1 if page.is_wide and sheet.has_photo else 2
    gap = page.unit
    each = (width - gap * (columns - 1)) / columns
    items = [
        row(
            (told(sheet, ink, "check", text, width=each, key=f"feature_{at + 1}"),),
            width=each,
            align_items="flex-start",
        )
        for at, text in enumerate(features)
    ]
    # Down one column, then the next: a feature that takes two lines then leaves no hole beside it.
    each_holds = -(-len(items) // columns)
    stacks = [items[at : at + each_holds] for at in range(0, len(items), each_holds)]
    return row(
        (column(stack, gap=page.space(0.25)) for stack in stacks),
        gap=gap,
        align_items="flex-start",
        key="features",
    )
