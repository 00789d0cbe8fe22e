"""Open house: the photo, and a panel with the day as on a calendar's leaf."""

from __future__ import annotations

import math

from postengine.render.image.colour import readable_on
from postengine.render.image.tree import Box, Node
from postengine.render.templates.listing import Visit
from postengine.render.templates.parts import (
    Ink,
    Letters,
    Sheet,
    beside_photo,
    column,
    filling,
    headline,
    line,
    place_line,
    row,
    told,
)
from postengine.render.templates.parts.words import capitals, em_width

_CAPITALS = 1.5
"""How much wider than small letters spaced capitals run."""


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
    leaf = _leaf(sheet, visit)
    beside = width - _leaf_px(sheet, visit) - page.unit
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
        parts = (_title(sheet, ink, width), row((leaf, where), gap=page.unit))
    else:
        told_all = column((hours, place_line(sheet, ink, width=beside, lines=3)), gap=page.space(0.25))
        right = column((_title(sheet, ink, beside), told_all), gap=page.space(0.5))
        parts = (row((leaf, right), gap=page.unit, align_items="flex-start"),)
    return beside_photo(sheet, parts, picture=filling(sheet, 0), tab=tab)


def _title(sheet: Sheet, ink: Ink, width: float) -> Node:
    return headline(sheet, ink, width=width, share=0.7)


def _leaf_px(sheet: Sheet, visit: Visit) -> int:
    """Return how wide the leaf is: on the grid, and wide enough for the names in spaced capitals."""
    page, wording = sheet.page, sheet.wording
    longest = max(em_width(text) for text in (wording.weekday(visit), wording.month(visit)))
    needed = longest * page.small * _CAPITALS + 2 * page.space(0.5)
    return math.ceil(max(page.body * 6.4, needed) / 4) * 4


def _leaf(sheet: Sheet, visit: Visit) -> Box:
    """Return the day: its name, its number in large figures, its month."""
    page, ground, wide = sheet.page, sheet.brand.accent_colour, _leaf_px(sheet, visit)
    letters = readable_on(ground, sheet.brand.ink_colour)
    inner = wide - 2 * page.space(0.5)
    small = Letters(round(page.small * 0.94), weight=600, tracking_em=0.05)
    name = line(
        sheet, capitals(sheet, sheet.wording.weekday(visit)), small, letters, width=inner, key="weekday"
    )
    number = line(
        sheet,
        sheet.wording.day_of_month(visit),
        Letters(round(page.body * 3.2), is_heading=True),
        letters,
        width=inner,
        key="day",
        least=0.5,
        leading=1.06,
    )
    month = line(sheet, capitals(sheet, sheet.wording.month(visit)), small, letters, width=inner, key="month")
    return column(
        (name, number, month),
        width=wide,
        padding=f"{page.space(0.5)}px",
        background_color=ground.css(),
        align_items="center",
        key="leaf",
    )
