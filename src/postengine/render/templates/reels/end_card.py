"""The end of a reel: who, how to get in touch, and the lines that the law asks for."""

from __future__ import annotations

from typing import Any

from postengine.render.image.tree import Box, Node, Picture, Style, Text
from postengine.render.templates.listing import Agent
from postengine.render.templates.pages import Page
from postengine.render.templates.parts import Ink, Letters, Sheet, column, legal_lines, line, paragraph, rule
from postengine.render.templates.parts.contact import phone_box
from postengine.render.templates.parts.words import fine_print


def end_card(sheet: Sheet) -> Box:
    """Return the card on the brand's main colour, everything in the middle; for a `centred_page`."""
    page, ink = sheet.page, sheet.on_primary
    agent = sheet.listing.agent
    block = column(
        (
            _agency(sheet, ink),
            None if agent is None else rule(ink, width=page.space(3), height=max(page.unit // 10, 2)),
            None if agent is None else _agent(sheet, agent, ink),
        ),
        gap=page.space(1.5),
        align_items="center",
        flex_grow=1,
        justify_content="center",
    )
    legal = legal_lines(sheet, ink, width=page.width)
    parts = (block, None if legal is None else _centred(legal))
    return column(
        parts,
        gap=page.unit,
        align_items="center",
        background_color=sheet.brand.primary_colour.css(),
        direction="rtl" if sheet.wording.is_right_to_left else None,
        **_whole(page),
    )


def _agency(sheet: Sheet, ink: Ink) -> Box:
    page, brand = sheet.page, sheet.brand
    name = paragraph(
        sheet,
        brand.name,
        Letters(round(page.title * 0.9), is_heading=True),
        ink.text,
        width=page.width,
        lines=2,
        least_px=page.title_least,
        key="end_name",
        may_shorten=False,
    )
    tagline = None
    if brand.tagline:
        tagline = paragraph(
            sheet,
            brand.tagline,
            Letters(page.body),
            ink.accent,
            width=page.width,
            lines=2,
            least_px=page.body * 0.84,
            key="end_tagline",
        )
    words = column((_middle(name), tagline and _middle(tagline)), gap=page.space(0.4), align_items="center")
    return column((_logo(sheet, ink), words), gap=page.unit, align_items="center")


def _logo(sheet: Sheet, ink: Ink) -> Node | None:
    if ink.logo is None:
        return None
    height = round(sheet.page.title * 1.7)
    style = Style(height=height, max_width=height * 3, object_fit="contain", border_radius=12, flex_shrink=0)
    return Picture(source=ink.logo, style=style, key="end_logo")


def _agent(sheet: Sheet, agent: Agent, ink: Ink) -> Box:
    page, width = sheet.page, sheet.page.width
    name = line(
        sheet,
        agent.name,
        Letters(round(page.body * 1.2), weight=600),
        ink.text,
        width=width,
        key="end_agent",
    )
    role = None
    if agent.role:
        role = line(sheet, agent.role, Letters(page.body), ink.text, width=width, key="end_role")
    licence = None
    if agent.licence:
        licence = _middle(fine_print(sheet, agent.licence, ink.text, width=width, key="end_licence"))
    words = column((name, role, licence), gap=page.space(0.25), align_items="center")
    return column((words, phone_box(sheet, agent, width=width)), gap=page.unit, align_items="center")


def _centred(box: Box) -> Box:
    children = tuple(_middle(child) if isinstance(child, Text) else child for child in box.children)
    style = box.style.model_copy(update={"align_items": "center"})
    return box.model_copy(update={"children": children, "style": style})


def _middle(text: Text) -> Text:
    return text.model_copy(update={"style": text.style.model_copy(update={"text_align": "center"})})


def _whole(page: Page) -> dict[str, Any]:
    right, left = page.margin + page.right, page.margin + page.left
    return {
        "width": page.size.width,
        "height": page.size.height,
        "padding": f"{page.top}px {right}px {page.bottom}px {left}px",
    }
