"""Open house: the photos, the headline, then the day as on a calendar's leaf with its hours."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.render.image.tree import Box
from postengine.render.templates.listing import Visit
from postengine.render.templates.parts import Ink, Sheet, column, place_line, row, told
from postengine.render.templates.parts.leaf import leaf, leaf_px
from postengine.render.templates.reels.acts import ask, chips, head, offer, text_width
from postengine.render.templates.reels.passages import over
from postengine.render.templates.reels.script import Act, Entrance, Script, Shot
from postengine.render.templates.reels.stage import beat, stage


def open_house(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return the invitation to a visit."""
    badge = sheet.listing.badge or sheet.wording.term("open_house")
    visit = () if sheet.listing.visit is None else (_visit(sheet.listing.visit),)
    return Script((over(shots, (head(badge), *visit, *offer(sheet), *chips(sheet), *ask(sheet))),))


def _visit(visit: Visit) -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page = sheet.page
        width = text_width(sheet) - leaf_px(sheet, visit) - page.unit
        size = round(page.body * 1.3)
        hours = told(
            sheet,
            ink,
            "clock",
            sheet.wording.hours(visit),
            width=width,
            key="hours",
            weight=600,
            size_px=size,
        )
        place = place_line(sheet, ink, width=width, lines=3)
        beside = column((beat(hours, "hours"), beat(place, "place")), gap=page.space(0.5))
        return stage(
            sheet, (row((beat(leaf(sheet, visit, sheet.brand.accent_colour), "day"), beside), gap=page.unit),)
        )

    return Act("visit", draw, is_cover=True, entrances={"day": Entrance()})
