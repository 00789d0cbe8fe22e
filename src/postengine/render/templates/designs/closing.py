"""The last page of a carousel: whom to ask."""

from __future__ import annotations

from postengine.render.image.tree import Box
from postengine.render.templates.parts import Letters, Sheet, column, details, on_ground, paragraph, titled

from .agent_intro import agent_intro


def closing(sheet: Sheet) -> Box:
    """Return the agent's page; without an agent, the agency's name above what is on offer."""
    if sheet.listing.agent is not None:
        return agent_intro(sheet)
    sheet = sheet.tighter(1.2)
    ink, page = sheet.on_primary, sheet.page
    agency = paragraph(
        sheet,
        sheet.brand.name,
        Letters(page.title, is_heading=True),
        ink.accent,
        width=page.width,
        lines=2,
        least_px=page.title_least,
        key="news",
    )
    told = column(
        (titled(sheet, ink, width=page.width, share=0.6), details(sheet, ink, width=page.width)),
        gap=page.unit,
    )
    return on_ground(sheet, (agency, told), ground="primary")
