"""Your agent: a portrait, a name in large letters, a sentence, and how to get in touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from postengine.render.errors import InputMissing
from postengine.render.image.geometry import Region
from postengine.render.image.tree import Box, Picture, Style
from postengine.render.templates.listing import Agent
from postengine.render.templates.parts import Ink, Letters, Sheet, column, label, line, panel_width, paragraph
from postengine.render.templates.parts.contact import contact
from postengine.render.templates.parts.words import lines_for
from postengine.render.templates.reels.acts import text_width
from postengine.render.templates.reels.passages import on_card, over
from postengine.render.templates.reels.script import Act, Passage, Script, Shot
from postengine.render.templates.reels.shots import plain_card
from postengine.render.templates.reels.stage import beat, stage

_FACE = (0.5, 0.35)
_MOST_SHOTS = 4
_PANEL = 0.36
"""Of a tall page's height, what the panel below the portrait takes above the lower margin."""


def agent_intro(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return the reel that introduces an agent; after the portrait, the listing's photos.

    Raises:
        InputMissing: There is no agent.
    """
    agent = sheet.listing.agent
    if agent is None:
        raise InputMissing("agent_intro", "agent", "an agent with a name")
    badge = sheet.listing.badge or sheet.wording.term("your_agent")
    greeting = () if agent.greeting is None else (_greeting(agent.greeting),)
    reach = (_reach(agent),) if agent.phone or agent.licence else ()
    name = _name(agent, badge)
    shots = shots[:_MOST_SHOTS]
    if not shots:
        return Script((_portrayed(agent, (name, *greeting, *reach)),))
    return Script((_portrayed(agent, (name,)), over(shots, (*greeting, *reach), needed=bool(greeting))))


def _portrayed(agent: Agent, acts: Sequence[Act]) -> Passage:
    """Return acts on paper below the portrait, or beside it; on the brand's colour without one."""
    if agent.photo is None:
        return on_card(acts)
    card = Shot(card=lambda sheet: _portrait_card(sheet, agent))
    return Passage((card,), tuple(acts), ground="paper", tighten=_to_panel)


def _portrait_card(sheet: Sheet, agent: Agent) -> Box:
    size, place = sheet.page.size, _portrait_place(sheet)
    style = Style(
        position="absolute",
        left=place.x,
        top=place.y,
        width=place.width,
        height=place.height,
        object_fit="cover",
    )
    face = Picture(source=agent.photo or "", focus=agent.focus or _FACE, style=style, key="portrait")
    whole = Style(position="relative", width=size.width, height=size.height)
    return plain_card(sheet, sheet.brand.paper_colour.css(), (Box(children=(face,), style=whole),))


def _portrait_place(sheet: Sheet) -> Region:
    """Return where the portrait is: in the upper part of a tall page, beside the panel of others."""
    size, page = sheet.page.size, sheet.page
    if not _is_beside(sheet):
        return Region(0, 0, size.width, size.height - page.bottom - round(_PANEL * size.height))
    panel = panel_width(sheet if page.is_wide else sheet.side_by_side())
    left = 0 if sheet.wording.is_right_to_left else panel
    return Region(left, 0, size.width - panel, size.height)


def _is_beside(sheet: Sheet) -> bool:
    """Whether a panel stands beside the portrait: above one, little more than a nose would be left of it."""
    return sheet.page.is_wide or sheet.page.name == "square"


def _to_panel(sheet: Sheet) -> Sheet:
    page, place = sheet.page, _portrait_place(sheet)
    if not _is_beside(sheet):
        page = replace(page, top=round(place.bottom) + page.unit)
    elif sheet.wording.is_right_to_left:
        page = replace(page, left=max(page.left, round(place.right)))
    else:
        page = replace(page, right=max(page.right, round(page.size.width - place.x)))
    return replace(sheet, page=replace(page, column=page.width))


def _name(agent: Agent, badge: str) -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page, width = sheet.page, sheet.page.width
        name = paragraph(
            sheet,
            agent.name,
            Letters(page.title, is_heading=True),
            ink.text,
            width=width,
            lines=2,
            least_px=page.title_least,
            key="title",
        )
        role = None
        if agent.role:
            letters = Letters(round(page.body * 1.1), weight=500)
            role = line(sheet, agent.role, letters, ink.accent, width=width, key="role")
        block = column((beat(name, "name"), beat(role, "role")), gap=page.space(0.4))
        return stage(sheet, (beat(label(sheet, badge, width=width), "badge"), block))

    return Act("name", draw)


def _greeting(text: str) -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page, width = sheet.page, sheet.page.column if sheet.page.is_wide else text_width(sheet)
        width = min(width, page.width)
        least = page.body * 0.9
        words = paragraph(
            sheet,
            text,
            Letters(round(page.title * 0.5), is_heading=True, weight=500),
            ink.text,
            width=width,
            lines=lines_for(sheet, text, size_px=least, width=width, usual=4),
            least_px=least,
            key="greeting",
            line_height=1.34,
        )
        return stage(sheet, (beat(words, "greeting"),))

    return Act("greeting", draw)


def _reach(agent: Agent) -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page = sheet.page
        reach = contact(sheet, agent, ink, width=page.width)
        letters = Letters(round(page.body * 1.2), weight=600)
        name = line(sheet, agent.name, letters, ink.text, width=page.width, key="agent_name")
        return stage(sheet, (beat(name, "name"), beat(reach, "contact")), gap=page.space(0.75))

    return Act("contact", draw, needed=False)
