"""Testimonial: a client's words in portions that can be read, large and quiet, over photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box
from postengine.render.templates.listing import Testimonial
from postengine.render.templates.parts import Ink, Letters, Sheet, column, line, paragraph
from postengine.render.templates.parts.quotes import quote_mark
from postengine.render.templates.parts.words import lines_for
from postengine.render.templates.reels.foot import foot_beat
from postengine.render.templates.reels.portions import portions_of
from postengine.render.templates.reels.script import Act, Ground, Passage, Script, Shot
from postengine.render.templates.reels.shots import ground_card
from postengine.render.templates.reels.stage import beat, stage

_WIDE = 0.8
"""Of a wide page, how wide the lines are."""

_SHOTS_A_PORTION = 1.5
"""More photos than are shown while the words are read would leave an author alone."""


def testimonial(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return the reel of a quotation.

    Raises:
        InputMissing: There is no testimonial.
    """
    said = sheet.listing.testimonial
    if said is None:
        raise InputMissing("testimonial", "testimonial", "a quotation with its author")
    acts = tuple(_portion(text, number) for number, text in enumerate(portions_of(said.quote)))
    shots = shots[: round(len(acts) * _SHOTS_A_PORTION) or 1]
    ground: Ground = "photo" if shots else "primary"
    passage = Passage(
        tuple(shots) or (Shot(card=ground_card),),
        acts,
        ground=ground,
        standing=lambda sheet, ink: _standing(sheet, said, ink),
    )
    return Script((passage,))


def _standing(sheet: Sheet, said: Testimonial, ink: Ink) -> Box:
    return stage(sheet, (beat(_author(sheet, said, ink), "author"), foot_beat(sheet, ink)))


def _author(sheet: Sheet, said: Testimonial, ink: Ink) -> Box:
    page, width = sheet.page, sheet.page.width
    letters = Letters(round(page.body * 1.1), weight=600)
    name = line(sheet, said.author, letters, ink.accent, width=width, key="author")
    context = None
    if said.context:
        context = line(sheet, said.context, Letters(page.body), ink.text, width=width, key="context")
    return column((name, context))


def _portion(text: str, number: int) -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page, width = sheet.page, sheet.page.width * (_WIDE if sheet.page.is_wide else 1)
        size = round(page.title * 0.82)
        least = round(size * 0.5)
        words = paragraph(
            sheet,
            text,
            Letters(size, is_heading=True, weight=500),
            ink.text,
            width=width,
            lines=lines_for(sheet, text, size_px=least, width=width, usual=6),
            least_px=least,
            key="quote",
            line_height=1.26,
            may_shorten=False,
        )
        # A large accent would ask for a darker shade over the whole photo than all the words do.
        plain = replace(ink, mark=ink.text) if ink == sheet.on_photo else ink
        mark = beat(quote_mark(sheet, plain, size), "mark")
        return stage(sheet, (column((mark, beat(words, "quote"))),))

    return Act(f"quote_{number + 1}", draw, is_cover=number == 0, goes_on=number > 0)
