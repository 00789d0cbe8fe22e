"""Acts that several reels share: the head, what it costs, what speaks for it, whom to ask."""

from __future__ import annotations

from postengine.render.image.tree import Box, Node, Picture, Style
from postengine.render.templates.listing import Agent
from postengine.render.templates.parts import (
    Ink,
    Letters,
    Sheet,
    column,
    fact_row,
    headline,
    label,
    line,
    paragraph,
    place_line,
    price_line,
    row,
    told,
)
from postengine.render.templates.parts.icons import icon
from postengine.render.templates.parts.words import fine_print

from .script import Act
from .stage import beat, stage

_MOST_CHIPS = 4
_WIDE = 0.62
"""Of a wide page, what a column of text takes."""


def text_width(sheet: Sheet) -> float:
    """Return how wide texts run: the page, or the greater part of a wide one."""
    return round(sheet.page.width * (_WIDE if sheet.page.is_wide else 1.0))


def head(badge: str | None, *, share: float = 1.0) -> Act:
    """Return an act with a label, the headline and the address."""

    def draw(sheet: Sheet, ink: Ink) -> Box:
        width, page = text_width(sheet), sheet.page
        named = None if badge is None else beat(label(sheet, badge, width=width), "badge")
        title = beat(headline(sheet, ink, width=width, share=share), "title")
        place = beat(place_line(sheet, ink, width=width), "address")
        return stage(sheet, (named, column((title, place), gap=page.space(0.5))))

    return Act("head", draw)


def offer(sheet: Sheet) -> tuple[Act, ...]:
    """Return an act with the price in large figures and the facts below, or none if there are neither."""
    listing = sheet.listing
    facts = (listing.bedrooms, listing.bathrooms, listing.area)
    if listing.price is None and not any(fact is not None for fact in facts):
        return ()

    def draw(sheet: Sheet, ink: Ink) -> Box:
        width, page = text_width(sheet), sheet.page
        price = beat(price_line(sheet, ink, width=width, share=1.4), "price")
        return stage(sheet, (price, beat(fact_row(sheet, ink, width=width), "facts")), gap=page.space(0.75))

    return (Act("offer", draw, needed=False),)


def chips(sheet: Sheet) -> tuple[Act, ...]:
    """Return an act with what speaks for a property, each on a plate of its own, or none."""
    features = sheet.listing.features[:_MOST_CHIPS]
    if not features:
        return ()

    def draw(sheet: Sheet, ink: Ink) -> Box:  # noqa: ARG001 - the plates bring their own ground
        width = text_width(sheet)
        plates = [
            beat(chip(sheet, text, width=width, key=f"feature_{at + 1}"), f"feature_{at + 1}")
            for at, text in enumerate(features)
        ]
        return stage(sheet, plates, gap=sheet.page.space(0.5))

    return (Act("features", draw, needed=False),)


def chip(sheet: Sheet, text: str, *, width: float, key: str) -> Box:
    """Return a few words with a tick on a light plate."""
    body, ink = sheet.page.body, sheet.on_paper
    aside = round(body * 0.6)
    words = told(sheet, ink, "check", text, width=width - 2 * aside, key=key, weight=500)
    return row(
        (words,),
        padding=f"{round(body * 0.34)}px {aside}px",
        background_color=ink.ground.css(),
        key=f"{key}_ground",
    )


def ask(sheet: Sheet) -> tuple[Act, ...]:
    """Return an act with the agent's card, or none if there is no agent."""
    agent = sheet.listing.agent
    if agent is None:
        return ()

    def draw(sheet: Sheet, ink: Ink) -> Box:  # noqa: ARG001 - the card brings its own ground
        return stage(sheet, (beat(agent_card(sheet, agent), "agent"),))

    return (Act("agent", draw, needed=False),)


def agent_card(sheet: Sheet, agent: Agent) -> Box:
    """Return the agent's portrait, name and number on a light plate."""
    page, ink = sheet.page, sheet.on_paper
    aside, side = page.space(1), round(page.body * 4.6)
    face = _face(agent, side)
    width = text_width(sheet) - 2 * aside - (side + aside if face else 0)
    name = paragraph(
        sheet,
        agent.name,
        Letters(round(page.body * 1.36), is_heading=True),
        ink.text,
        width=width,
        lines=2,
        least_px=page.body,
        key="agent_name",
    )
    told_all: list[Node | None] = [name]
    if agent.role:
        told_all.append(line(sheet, agent.role, Letters(page.small), ink.accent, width=width, key="role"))
    if agent.phone:
        told_all.append(_number(sheet, agent.phone, ink, width))
    if agent.licence:
        told_all.append(fine_print(sheet, agent.licence, ink.text, width=width, key="licence"))
    return row(
        (face, column(told_all, gap=page.space(0.2))),
        gap=aside,
        padding=f"{aside}px",
        background_color=ink.ground.css(),
        key="agent_ground",
    )


def _number(sheet: Sheet, phone: str, ink: Ink, width: float) -> Box:
    body = sheet.page.body
    from_icon = round(body * 1.37)
    number = line(
        sheet,
        phone,
        Letters(body, weight=600),
        ink.text,
        width=width - from_icon,
        key="agent_phone",
        may_shorten=False,
    )
    return row(
        (icon("phone", ink.mark, round(body * 1.15), stroke_width=1.8), number), gap=round(body * 0.22)
    )


def _face(agent: Agent, side: int) -> Picture | None:
    if agent.photo is None:
        return None
    return Picture(
        source=agent.photo,
        focus=agent.focus or (0.5, 0.35),
        style=Style(width=side, height=side, object_fit="cover", flex_shrink=0),
        key="agent_face",
    )
