"""Market update: a number of the market on the brand's colour, between photos if there are any."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box
from postengine.render.templates.listing import MarketFigure
from postengine.render.templates.pages import page_for
from postengine.render.templates.parts import Ink, Sheet, column, row
from postengine.render.templates.parts.figures import figure_chart, figure_head, figure_words
from postengine.render.templates.reels.acts import ask, head
from postengine.render.templates.reels.foot import foot_beat
from postengine.render.templates.reels.passages import over
from postengine.render.templates.reels.script import Act, Passage, Script, Shot
from postengine.render.templates.reels.shots import ground_card
from postengine.render.templates.reels.stage import beat, edges, stage

_BEFORE, _AFTER = 2, 2
"""How many photos are shown at most: the number is what counts."""


def market_update(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return the reel of a number.

    Raises:
        InputMissing: There is no figure.
    """
    figure = sheet.listing.market
    if figure is None:
        raise InputMissing("market_update", "market", "a figure with a label and a value")
    number = Passage((Shot(card=ground_card),), (_number(figure),), ground="primary", standing=_standing)
    before = shots[: min(_BEFORE, max(len(shots) - 1, 1))]
    opening = (over(before, (head(sheet.listing.badge, share=0.9),)),) if shots else ()
    after = shots[len(before) : len(before) + _AFTER]
    closing = (over(after, ask(sheet), needed=False),) if after else ()
    return Script((*opening, number, *closing))


def _standing(sheet: Sheet, ink: Ink) -> Box:
    return edges(sheet, (beat(figure_head(sheet, ink), "head"),), (foot_beat(sheet, ink),))


def _number(figure: MarketFigure) -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page = sheet.page
        is_split = page.is_wide and bool(figure.series)
        width = round((page.width - page.space(2)) / 2) if is_split else page.width
        names = ("label", "value", "change")
        words = figure_words(sheet, figure, ink, width=width)
        beats = [beat(part, name) for part, name in zip(words, names, strict=True)]
        numbers = column(beats, gap=page.space(0.5))
        chart = beat(figure_chart(sheet, figure, ink, width=width, share=_tightness(sheet)), "chart")
        if not is_split:
            return stage(sheet, (numbers, chart), gap=page.space(1.5), place="middle")
        sides = row(
            (numbers, chart),
            gap=page.space(2),
            align_items="center",
            justify_content="space-between",
            width=page.width,
        )
        return stage(sheet, (sides,), place="middle")

    return Act("figure", draw, is_cover=True)


def _tightness(sheet: Sheet) -> float:
    """Return how much smaller than usual the page is set: its chart gives way as its type does."""
    return min(sheet.page.unit / page_for(sheet.page.name).unit, 1.0)
