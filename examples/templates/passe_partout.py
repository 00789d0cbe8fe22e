"""A photo framed by paper, like a print on a gallery's wall; a template as a function."""

from __future__ import annotations

from postengine.render.image.tree import Box, Node, Style
from postengine.render.templates.parts import (
    Ink,
    Letters,
    Sheet,
    column,
    filling,
    headline,
    legal_lines,
    line,
    paragraph,
    price_line,
    row,
    rule,
)


def passe_partout(sheet: Sheet) -> Box:
    """Return the framed photo with a caption: below it, or beside it on wide pages."""
    page = sheet.page
    width = page.width if not page.is_wide else round(page.column * 0.72)
    caption = column(_caption(sheet, width), gap=page.space(0.75), width=width)
    print_ = filling(sheet, 0)
    hung = (
        row((print_, caption), gap=page.margin) if page.is_wide else column((print_, caption), gap=page.unit)
    )
    return Box(
        style=Style(
            position="relative",
            width=page.size.width,
            height=page.size.height,
            background_color=sheet.brand.paper,
            direction="rtl" if sheet.wording.is_right_to_left else None,
        ),
        children=(_filled(hung, sheet),),
    )


def _filled(hung: Box, sheet: Sheet) -> Box:
    """Return the photo and its caption in the safe area: paper is all around them."""
    page = sheet.page
    place = {
        "position": "absolute",
        "top": page.top,
        "left": page.margin,
        "width": page.width,
        "height": page.size.height - page.top - page.bottom,
    }
    return hung.model_copy(update={"style": hung.style.model_copy(update=place)})


def _caption(sheet: Sheet, width: float) -> tuple[Node | None, ...]:
    page, ink = sheet.page, sheet.on_paper
    title = headline(sheet, ink, width=width, share=0.62)
    address = sheet.wording.address(sheet.listing.address)
    place = None
    if address:
        place = paragraph(
            sheet,
            address,
            Letters(page.body),
            ink.text,
            width=width,
            lines=2,
            least_px=page.body * 0.84,
            key="address",
        )
    price = price_line(sheet, ink, width=width, share=0.6, colour="accent")
    return (
        column((title, place, price), gap=page.space(0.35)),
        rule(ink, width=width),
        _signed(sheet, ink, width),
        legal_lines(sheet, ink, width=width),
    )


def _signed(sheet: Sheet, ink: Ink, width: float) -> Box:
    """Return the agency, and the agent's number where there is one; beside each other where there is room."""
    page, agent = sheet.page, sheet.listing.agent
    free = width if page.is_wide else width * 0.48
    name = line(
        sheet, sheet.brand.name, Letters(page.small, is_heading=True), ink.text, width=free, key="agency"
    )
    number = None
    if agent is not None and agent.phone:
        number = line(
            sheet,
            agent.phone,
            Letters(page.small),
            ink.text,
            width=free,
            key="agent_phone",
            may_shorten=False,
        )
    if page.is_wide:
        return column((name, number), gap=page.space(0.2))
    return row((name, number), justify_content="space-between", width=width)
