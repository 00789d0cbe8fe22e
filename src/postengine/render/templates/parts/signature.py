"""Who stands behind a picture: agency, agent, and the lines that the law asks for."""

from __future__ import annotations

import math
from dataclasses import replace

from postengine.render.image.tree import Box, Node, Picture, Style
from postengine.render.templates.listing import Agent

from .blocks import rule
from .inks import Ink
from .sheet import Sheet
from .stacks import column, row
from .words import Letters, em_width, fine_print, line, name

_SEPARATOR = " · "
_MOST = 0.56
"""Of the width, for the agent beside the agency."""

_LOGO_EM = 2.1
_LOGO_GAP_EM = 0.6
_ROOMY_EM = 12
"""An agency's line at least so wide, in letters of its size, takes a logo at its full width."""

_BESIDE = 1.1
"""How much wider than the estimate an agent's lines may turn out."""

_SURELY = 1.15
"""So much wider than the estimate, an agency's name still stands in one line at its smallest."""


def signature(sheet: Sheet, ink: Ink, *, width: float, has_agent: bool = True, has_rule: bool = True) -> Box:
    """Return the agency on the left, the agent on the right, and the legal lines; above them a hairline.

    The legal lines stand below the agency, beside the agent, where that takes less height than below both.
    An agency whose name is too long to stand beside the agent has a row of its own.
    """
    agent = sheet.listing.agent if has_agent else None
    aside = _aside_px(sheet, agent, width)
    if not aside:
        lines = _agency_and_legal(sheet, ink, width)
    elif sheet.is_terse or _fits_beside(sheet, ink, width - aside - sheet.page.unit):
        lines = _side_by_side(sheet, agent, ink, width, aside)
    else:
        lines = _below_each_other(sheet, agent, ink, width)
    return column((rule(ink, width=width), lines), gap=sheet.page.space(0.75)) if has_rule else lines


def _side_by_side(sheet: Sheet, agent: Agent | None, ink: Ink, width: float, aside: float) -> Box:
    page, free = sheet.page, width - aside - sheet.page.unit
    is_raised = agent is not None and _stands_beside(sheet, agent, free, width)
    left = _agency_and_legal(sheet, ink, free) if is_raised else agency_line(sheet, ink, width=free)
    names = row(
        (
            # In a row a logo is measured as wide as its file, whatever its own limit: the box is held.
            left.model_copy(update={"style": left.style.model_copy(update={"width": free})}),
            _tagline(sheet, ink, aside) if agent is None else agent_line(sheet, ink, width=aside),
        ),
        justify_content="space-between",
        align_items="flex-end" if is_raised else "center",
        width=width,
        key="signature",
    )
    below = None if is_raised else legal_lines(sheet, ink, width=width)
    return column((names, below), gap=page.space(0.5))


def _below_each_other(sheet: Sheet, agent: Agent | None, ink: Ink, width: float) -> Box:
    other = _tagline(sheet, ink, width) if agent is None else _agent_row(sheet, agent, ink, width)
    parts = (agency_line(sheet, ink, width=width), other, legal_lines(sheet, ink, width=width))
    return column(parts, gap=sheet.page.space(0.5), key="signature")


def _agency_and_legal(sheet: Sheet, ink: Ink, width: float) -> Box:
    parts = (agency_line(sheet, ink, width=width), legal_lines(sheet, ink, width=width))
    return column(parts, gap=sheet.page.space(0.5))


def _aside_px(sheet: Sheet, agent: Agent | None, width: float) -> float:
    """Return how wide the agent, or else the tagline, is beside the agency, by estimate; 0 for neither."""
    page = sheet.page
    if agent is None:
        widest = em_width(sheet.brand.tagline or "") * page.small
    else:
        large = max(em_width(agent.name), em_width(agent.phone or "")) * page.small
        widest = max(large, em_width(agent.licence or "") * page.fine)
    return round(min(widest * _BESIDE, width * _MOST))


def _stands_beside(sheet: Sheet, agent: Agent, free: float, width: float) -> bool:
    """Return whether the legal lines take less height beside the agent than below, by estimate.

    An agent of three lines is taller than the agency by about a row; no line is broken for that.
    """
    beside, below = _rows_taken(sheet, free), _rows_taken(sheet, width)
    spares_row = agent.licence and agent.phone and beside == len(_rows(sheet, free))
    return 0 < beside <= below + (1 if spares_row else 0)


def _fits_beside(sheet: Sheet, ink: Ink, width: float) -> bool:
    """Return whether the agency's name and logo stand in one line, by estimate."""
    return em_width(sheet.brand.name) * sheet.page.small * _SURELY <= width - _logo_px(sheet, ink, width)


def agency_line(sheet: Sheet, ink: Ink, *, width: float) -> Box:
    """Return the logo, if there is one, and the agency's name."""
    size = sheet.page.small
    logo: Node | None = None
    if ink.logo is not None:
        logo = Picture(
            source=ink.logo,
            style=Style(
                height=round(size * _LOGO_EM),
                max_width=_widest_logo(sheet, width),
                object_fit="contain",
                border_radius=6,
                flex_shrink=0,
            ),
            key="logo",
        )
    agency = name(
        sheet,
        sheet.brand.name,
        Letters(round(size * 1.2), is_heading=True),
        ink.text,
        width=width - _logo_px(sheet, ink, width),
        key="agency",
        least=0.8,
        line_height=1.2,
    )
    return row((logo, agency), gap=round(size * _LOGO_GAP_EM))


def _logo_px(sheet: Sheet, ink: Ink, width: float) -> int:
    """Return how much of the width a logo takes at most, with the space beside it."""
    return 0 if ink.logo is None else _widest_logo(sheet, width) + round(sheet.page.small * _LOGO_GAP_EM)


def _widest_logo(sheet: Sheet, width: float) -> int:
    size = sheet.page.small
    return round(size * (6 if width >= _ROOMY_EM * size else 3))


def agent_line(sheet: Sheet, ink: Ink, *, width: float) -> Box | None:
    """Return the agent's name over the licence and the phone number, or None."""
    if sheet.listing.agent is None:
        return None
    named, licence, phone = _agent(sheet, sheet.listing.agent, ink, width)
    return column((named, licence, phone), align_items="flex-end", key="agent")


def _agent_row(sheet: Sheet, agent: Agent, ink: Ink, width: float) -> Box:
    """Return the agent's name beside the phone number, or above it if it is long, and the licence."""
    named, licence, phone = _agent(sheet, agent, ink, width)
    first = row((named, phone), flex_wrap="wrap", justify_content="space-between", width=width)
    return column((first, licence), key="agent")


def _agent(sheet: Sheet, agent: Agent, ink: Ink, width: float) -> tuple[Node, Node | None, Node | None]:
    letters = Letters(sheet.page.small)
    named = name(sheet, agent.name, replace(letters, weight=600), ink.text, width=width, key="agent_name")
    licence = phone = None
    if agent.licence:
        licence = fine_print(sheet, agent.licence, ink.text, width=width, key="licence")
    if agent.phone:
        phone = line(sheet, agent.phone, letters, ink.text, width=width, key="agent_phone", may_shorten=False)
    return named, licence, phone


def legal_lines(sheet: Sheet, ink: Ink, *, width: float) -> Box | None:
    """Return the lines that must stand on every picture, or None if there are none; they are never shortened.

    As many as fit share a row, so that no row begins or ends with a separator.
    """
    rows = _rows(sheet, width)
    if not rows:
        return None
    return column(
        fine_print(sheet, text, ink.text, width=width, key="legal" if at == 0 else f"legal_{at + 1}")
        for at, text in enumerate(rows)
    )


def _tagline(sheet: Sheet, ink: Ink, width: float) -> Node:
    return line(
        sheet, sheet.brand.tagline or "", Letters(sheet.page.small), ink.text, width=width, key="tagline"
    )


def _rows_taken(sheet: Sheet, width: float) -> int:
    """Return how many rows the legal lines take, also those that are broken, by estimate."""
    return sum(math.ceil(em_width(text) * sheet.page.fine / width) for text in _rows(sheet, width))


def _rows(sheet: Sheet, width: float) -> list[str]:
    """Return the legal lines, joined to rows that are no wider than `width` by estimate."""
    most_em = width / sheet.page.fine
    rows: list[str] = []
    for text in sheet.brand.legal:
        joined = f"{rows[-1]}{_SEPARATOR}{text}" if rows else text
        if rows and em_width(joined) <= most_em:
            rows[-1] = joined
        else:
            rows.append(text)
    return rows
