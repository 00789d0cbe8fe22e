"""Your agent: a portrait, a name in large letters, and how to get in touch."""

from __future__ import annotations

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box, Node, Picture, Style
from postengine.render.templates.listing import Agent
from postengine.render.templates.parts import (
    Ink,
    Letters,
    Sheet,
    beside_photo,
    column,
    label,
    line,
    on_ground,
    paragraph,
    room,
)
from postengine.render.templates.parts.contact import contact
from postengine.render.templates.parts.words import lines_for

_FACE = (0.5, 0.28)
"""Where the face is, on most portraits: what a wide crop leaves above it is the hair."""


def agent_intro(sheet: Sheet) -> Box:
    """Return the picture that introduces an agent; without a portrait, on the brand's colour.

    Raises:
        InputMissing: There is no agent.
    """
    agent = sheet.listing.agent
    if agent is None:
        raise InputMissing("agent_intro", "agent", "an agent with a name")
    tab = sheet.listing.badge or sheet.wording.term("your_agent")
    if agent.photo is None:
        sheet = sheet.tighter(1.2)
        ink, width = sheet.on_primary, sheet.page.width
        parts = _parts(sheet, agent, ink, width)
        return on_ground(
            sheet, parts, ground="primary", head=label(sheet, tab, width=width * 0.7), has_agent=False
        )
    if sheet.page.name == "square":
        sheet = sheet.side_by_side()  # above a panel, little more than a nose would be left of a portrait
    parts = _parts(sheet, agent, sheet.on_paper, sheet.page.column)
    portrait = _portrait(agent, agent.photo)
    # A label at the top would lie on the face.
    return beside_photo(sheet, parts, picture=portrait, tab=tab, tab_edge="bottom", has_agent=False)


def _portrait(agent: Agent, source: str) -> Box:
    picture = Picture(
        source=source,
        focus=agent.focus or _FACE,
        style=Style(position="absolute", top=0, left=0, width="100%", height="100%", object_fit="cover"),
        key="portrait",
    )
    return room((picture,))


def _parts(sheet: Sheet, agent: Agent, ink: Ink, width: float) -> tuple[Node | None, ...]:
    page = sheet.page
    name = paragraph(
        sheet,
        agent.name,
        Letters(round(page.title * 0.94), is_heading=True),
        ink.text,
        width=width,
        lines=2,
        least_px=page.title_least,
        key="title",
    )
    role = None
    if agent.role:
        role = line(sheet, agent.role, Letters(page.body, weight=500), ink.accent, width=width, key="role")
    greeting = None
    if agent.greeting:
        greeting = paragraph(
            sheet,
            agent.greeting,
            Letters(page.body),
            ink.text,
            width=width,
            lines=lines_for(sheet, agent.greeting, size_px=page.body * 0.84, width=width, usual=4),
            least_px=page.body * 0.84,
            key="greeting",
            line_height=1.45,
        )
    return (column((name, role), gap=page.space(0.25)), greeting, contact(sheet, agent, ink, width=width))
