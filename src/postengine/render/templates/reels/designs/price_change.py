"""New price: the headline, then the old price, which is struck through before the new one rises."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.render.image.tree import Box, Style
from postengine.render.templates.parts import (
    Ink,
    Letters,
    Sheet,
    column,
    fact_row,
    line,
    price_line,
)
from postengine.render.templates.reels.acts import ask, chips, head, text_width
from postengine.render.templates.reels.passages import over
from postengine.render.templates.reels.script import Act, Entrance, Script, Shot
from postengine.render.templates.reels.stage import beat, stage

_STRUCK_S, _RISES_S = 0.7, 0.35
_STROKE = 0.51
"""Where a stroke crosses figures, as a share of their line's height."""

_LEADING = 1.25


def price_change(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return the reel of a listing whose price has changed."""
    badge = sheet.listing.badge or sheet.wording.term("price_change")
    has_price = sheet.listing.price is not None or sheet.listing.old_price is not None
    prices = (_prices(),) if has_price else ()
    return Script((over(shots, (head(badge), *prices, *chips(sheet), *ask(sheet))),))


def _prices() -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page, width = sheet.page, text_width(sheet)
        new = beat(price_line(sheet, ink, width=width, share=1.7), "price")
        facts = beat(fact_row(sheet, ink, width=width), "facts")
        prices = column((_old_price(sheet, ink, width), new))
        return stage(sheet, (prices, facts), gap=page.space(0.75))

    entrances = {"stroke": Entrance("fade", after_s=_STRUCK_S), "price": Entrance(after_s=_RISES_S)}
    return Act("prices", draw, is_cover=True, entrances=entrances)


def _old_price(sheet: Sheet, ink: Ink, width: float) -> Box | None:
    old = sheet.listing.old_price
    if old is None:
        return None
    size = round(sheet.page.price * 0.8)
    words = line(
        sheet,
        sheet.wording.money(old),
        Letters(size),
        ink.text,
        width=width,
        key="old_price",
        leading=_LEADING,
        may_shorten=isinstance(old, str),
    )
    thick = max(round(size * 0.07), 2)
    style = {"position": "absolute", "left": 0, "top": round(size * _LEADING * _STROKE - thick / 2)}
    stroke = Box(
        style=Style.model_validate(
            style | {"width": "100%", "height": thick, "background_color": ink.mark.css()}
        ),
        key="beat:stroke",
    )
    return Box(
        children=tuple(part for part in (beat(words, "old_price"), stroke) if part is not None),
        style=Style(position="relative", flex_shrink=0),
    )
