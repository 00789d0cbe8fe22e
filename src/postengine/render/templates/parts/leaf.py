"""A day as on a calendar's leaf."""

from __future__ import annotations

import math

from postengine.render.image.colour import Colour, readable_on
from postengine.render.image.tree import Box
from postengine.render.templates.listing import Visit

from .sheet import Sheet
from .stacks import column
from .words import Letters, capitals, em_width, line

_CAPITALS = 1.5
"""How much wider than small letters spaced capitals run."""


def leaf_px(sheet: Sheet, visit: Visit) -> int:
    """Return how wide the leaf is: on the grid, and wide enough for the names in spaced capitals."""
    page, wording = sheet.page, sheet.wording
    longest = max(em_width(text) for text in (wording.weekday(visit), wording.month(visit)))
    needed = longest * page.small * _CAPITALS + 2 * page.space(0.5)
    return math.ceil(max(page.body * 6.4, needed) / 4) * 4


def leaf(sheet: Sheet, visit: Visit, ground: Colour) -> Box:
    """Return the day on a ground of its own: its name, its number in large figures, its month."""
    page, wide = sheet.page, leaf_px(sheet, visit)
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
