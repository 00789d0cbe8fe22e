"""Sold: one word, as large as the page allows, then what and where."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.render.image.tree import Box, Style
from postengine.render.templates.parts import Ink, Letters, Sheet, column, headline, line, place_line
from postengine.render.templates.parts.words import hung
from postengine.render.templates.reels.acts import ask, text_width
from postengine.render.templates.reels.passages import over
from postengine.render.templates.reels.script import Act, Entrance, Script, Shot
from postengine.render.templates.reels.stage import beat, stage


def sold(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return the reel of a property that has been sold."""
    return Script((over(shots, (_news(), *ask(sheet))),))


def _news() -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page, width = sheet.page, text_width(sheet)
        title = beat(headline(sheet, ink, width=width, share=0.62, lines=2), "title")
        place = beat(place_line(sheet, ink, width=width), "address")
        told = column((title, place), gap=page.space(0.5))
        return stage(sheet, (_word(sheet, ink), _stroke(sheet, ink), told), gap=page.space(0.75))

    return Act("news", draw, entrances={"title": Entrance(after_s=0.4), "stroke": Entrance("fade")})


def _word(sheet: Sheet, ink: Ink) -> Box | None:
    word = line(
        sheet,
        sheet.listing.badge or sheet.wording.term("sold"),
        Letters(sheet.page.display, is_heading=True, tracking_em=-0.015),
        ink.text,
        width=sheet.page.width,
        key="news",
        least=0.2,
        leading=1.1,
    )
    return beat(hung(sheet, word), "news")


def _stroke(sheet: Sheet, ink: Ink) -> Box:
    page = sheet.page
    style = Style(width=page.space(3), height=max(page.unit // 5, 4), background_color=ink.mark.css())
    return Box(style=style, key="beat:stroke")
