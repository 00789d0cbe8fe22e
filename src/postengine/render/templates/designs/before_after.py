"""Before and after: two photos of the same place, named, over one line of text."""

from __future__ import annotations

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box
from postengine.render.templates.parts import Sheet, column, corner_label, filling, room, row, titled
from postengine.render.templates.parts.frames import WHOLE, stacked

_GAP = 8


def before_after(sheet: Sheet) -> Box:
    """Return the two photos side by side (one above the other in a portrait or a story).

    Raises:
        InputMissing: There are fewer than two photos.
    """
    if len(sheet.listing.photos) < 2:
        raise InputMissing("before_after", "photos", "two photos: before and after")
    ink, page = sheet.on_paper, sheet.page
    text = titled(sheet, ink, width=page.width, share=0.62, lines=2)
    return stacked(sheet, (text,), picture=_pair(sheet))


def _pair(sheet: Sheet) -> Box:
    stands = sheet.page.size.height > sheet.page.size.width
    pair = column if stands else row
    halves = (_half(sheet, 0), _half(sheet, 1))
    return room((pair(halves, gap=_GAP, align_items="stretch", **WHOLE),))


def _half(sheet: Sheet, index: int) -> Box:
    word = sheet.wording.term("after" if index else "before")
    tab = corner_label(sheet, word, width=sheet.page.size.width * 0.4, key="after" if index else "before")
    return room((filling(sheet, index), tab))
