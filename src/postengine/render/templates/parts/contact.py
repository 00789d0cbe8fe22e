"""How to get in touch with an agent."""

from __future__ import annotations

from postengine.render.image.colour import readable_on
from postengine.render.image.tree import Box, Node
from postengine.render.templates.listing import Agent

from .icons import icon
from .inks import Ink
from .sheet import Sheet
from .stacks import column, row
from .words import Letters, fine_print, line


def contact(sheet: Sheet, agent: Agent, ink: Ink, *, width: float) -> Box | None:
    """Return the phone number on the accent colour over the licence, or None if there are neither."""
    licence = None
    if agent.licence:
        licence = fine_print(sheet, agent.licence, ink.text, width=width, key="licence")
    lines: list[Node] = [part for part in (phone_box(sheet, agent, width=width), licence) if part is not None]
    return column(lines, gap=sheet.page.space(0.4)) if lines else None


def phone_box(sheet: Sheet, agent: Agent, *, width: float) -> Box | None:
    """Return the phone number on the accent colour, or None."""
    if not agent.phone:
        return None
    body, ground = sheet.page.body, sheet.brand.accent_colour
    letters = readable_on(ground, sheet.brand.ink_colour)
    size, gap, aside = round(body * 1.15), round(body * 0.4), round(body * 0.75)
    number = line(
        sheet,
        agent.phone,
        Letters(round(body * 1.12), weight=600),
        letters,
        width=width - size - gap - 2 * aside,
        key="agent_phone",
        may_shorten=False,
    )
    return row(
        (icon("phone", letters, size, stroke_width=1.8), number),
        gap=gap,
        padding=f"{round(body * 0.4)}px {aside}px",
        background_color=ground.css(),
        key="contact",
    )
