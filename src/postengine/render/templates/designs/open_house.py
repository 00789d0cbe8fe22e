"""Open house: the photo, and a panel with the day as on a calendar's leaf."""

from __future__ import annotations

from postengine.render.image.tree import Box, Node
from postengine.render.templates.parts import (
    Ink,
    Sheet,
    beside_photo,
    column,
    filling,
    headline,
    place_line,
    row,
    told,
)
from postengine.render.templates.parts.leaf import leaf, leaf_px


def open_house(sheet: Sheet) -> Box:
    """Return the invitation to a visit."""
    if not sheet.has_photo:
        sheet = sheet.tighter(1.2)
    ink, page = sheet.on_paper, sheet.page
    width = page.column if sheet.has_photo else page.width
    tab = sheet.listing.badge or sheet.wording.term("open_house")
    visit = sheet.listing.visit
    if visit is None:
        parts: tuple[Node | None, ...] = (_title(sheet, ink, width), place_line(sheet, ink, width=width))
        return beside_photo(sheet, parts, picture=filling(sheet, 0), tab=tab)
    day = leaf(sheet, visit, sheet.brand.ink_colour)  # the accent is the label's, right above it
    beside = width - leaf_px(sheet, visit) - page.unit
    hours = told(
        sheet,
        ink,
        "clock",
        sheet.wording.hours(visit),
        width=beside,
        key="hours",
        weight=600,
        size_px=round(page.body * 1.12),
    )
    if page.is_wide and sheet.has_photo:
        where = column((hours, place_line(sheet, ink, width=beside, lines=3)), gap=page.space(0.25))
        parts = (_title(sheet, ink, width), row((day, where), gap=page.unit))
    else:
        told_all = column((hours, place_line(sheet, ink, width=beside, lines=3)), gap=page.space(0.25))
        right = column((_title(sheet, ink, beside), told_all), gap=page.space(0.5))
        parts = (row((day, right), gap=page.unit, align_items="flex-start"),)
    return beside_photo(sheet, parts, picture=filling(sheet, 0), tab=tab)


def _title(sheet: Sheet, ink: Ink, width: float) -> Node:
    return headline(sheet, ink, width=width, share=0.7)
