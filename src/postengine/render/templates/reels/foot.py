"""What stands in a reel all the while: the agency's name and the lines that the law asks for."""

from __future__ import annotations

from postengine.render.image.tree import Box
from postengine.render.templates.parts import Ink, Sheet, column, legal_lines, rule
from postengine.render.templates.parts.signature import agency_line

from .stage import beat, stage


def foot(sheet: Sheet, ink: Ink) -> Box:
    """Return a page with the agency's foot on it."""
    return stage(sheet, (foot_beat(sheet, ink),))


def foot_beat(sheet: Sheet, ink: Ink) -> Box | None:
    """Return a hairline over logo and name of the agency and its legal lines."""
    page = sheet.page
    lines = column(
        (agency_line(sheet, ink, width=page.width), legal_lines(sheet, ink, width=page.width)),
        gap=page.space(0.5),
    )
    return beat(column((rule(ink, width=page.width), lines), gap=page.space(0.75)), "foot")
