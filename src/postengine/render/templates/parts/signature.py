"""Who stands behind a picture: agency, agent, and the lines that the law asks for."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.render.image.tree import Box, Node, Picture, Style

from .blocks import rule
from .inks import Ink
from .sheet import Sheet
from .stacks import column, row
from .words import Letters, em_width, fine_print, line, name

_SEPARATOR = " · "
_SIDE = 0.48
"""Of the width for each, where agency and agent stand side by side."""


def signature(sheet: Sheet, ink: Ink, *, width: float, has_agent: bool = True, has_rule: bool = True) -> Box:
    """Return the agency on the left, the agent on the right, and the legal lines; above them a hairline."""
    page = sheet.page
    other = agent_line(sheet, ink, width=width * _SIDE) if has_agent else _tagline(sheet, ink, width * _SIDE)
    share = _SIDE if other is not None else 1.0
    names = row(
        (agency_line(sheet, ink, width=width * share), other),
        justify_content="space-between",
        width=width,
        key="signature",
    )
    lines = column((names, legal_lines(sheet, ink, width=width)), gap=page.space(0.5))
    return column((rule(ink, width=width), lines), gap=page.space(0.75)) if has_rule else lines


def agency_line(sheet: Sheet, ink: Ink, *, width: float) -> Box:
    """Return the logo, if there is one, and the agency's name."""
    size = sheet.page.small
    logo: Node | None = None
    if ink.logo is not None:
        logo = Picture(
            source=ink.logo,
            style=Style(
                height=round(size * 2.1),
                max_width=round(size * 6),
                object_fit="contain",
                border_radius=6,
                flex_shrink=0,
            ),
            key="logo",
        )
    free = width - (size * 3.6 if logo is not None else 0)
    agency = name(
        sheet,
        sheet.brand.name,
        Letters(round(size * 1.2), is_heading=True),
        ink.text,
        width=free,
        key="agency",
        least=0.8,
        line_height=1.2,
    )
    return row((logo, agency), gap=round(size * 0.6))


def agent_line(sheet: Sheet, ink: Ink, *, width: float) -> Box | None:
    """Return the agent's name over the licence and the phone number, or None."""
    agent, size = sheet.listing.agent, sheet.page.small
    if agent is None:
        return None
    lines: list[Node] = [
        name(sheet, agent.name, Letters(size, weight=600), ink.text, width=width, key="agent_name")
    ]
    if agent.licence:
        lines.append(fine_print(sheet, agent.licence, ink.text, width=width, key="licence"))
    if agent.phone:
        lines.append(
            line(
                sheet, agent.phone, Letters(size), ink.text, width=width, key="agent_phone", may_shorten=False
            )
        )
    return column(lines, align_items="flex-end", key="agent")


def legal_lines(sheet: Sheet, ink: Ink, *, width: float) -> Box | None:
    """Return the lines that must stand on every picture, or None if there are none; they are never shortened.

    As many as fit share a row, so that no row begins or ends with a separator.
    """
    if not sheet.brand.legal:
        return None
    rows = _shared(sheet.brand.legal, width / sheet.page.fine)
    return column(
        fine_print(sheet, text, ink.text, width=width, key="legal" if at == 0 else f"legal_{at + 1}")
        for at, text in enumerate(rows)
    )


def _tagline(sheet: Sheet, ink: Ink, width: float) -> Node | None:
    if not sheet.brand.tagline:
        return None
    return line(sheet, sheet.brand.tagline, Letters(sheet.page.small), ink.text, width=width, key="tagline")


def _shared(lines: Sequence[str], most_em: float) -> list[str]:
    """Return the lines joined to rows that are no wider than `most_em`, by estimate."""
    rows: list[str] = []
    for text in lines:
        joined = f"{rows[-1]}{_SEPARATOR}{text}" if rows else text
        if rows and em_width(joined) <= most_em:
            rows[-1] = joined
        else:
            rows.append(text)
    return rows
