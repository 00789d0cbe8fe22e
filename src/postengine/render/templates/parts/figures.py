"""A figure of the market: its name, its value, how it moved, and the chart of its series."""

from __future__ import annotations

from postengine.render.image.tree import Box, Node, Style
from postengine.render.templates.listing import MarketFigure

from .blocks import label, on_margin
from .chart import chart
from .icons import IconName, icon
from .inks import Ink
from .sheet import Sheet
from .stacks import column, row
from .words import Letters, fine_print, hung, line, lines_for, paragraph

_HEIGHTS = {"square": 0.25, "portrait": 0.4, "story": 0.42, "landscape": 0.42, "link": 0.36}
"""Of a chart, as a share of its width."""


def figure_head(sheet: Sheet, ink: Ink) -> Node:
    """Return what stands above a figure: the badge, or the title in small letters of the heading font."""
    page = sheet.page
    if sheet.listing.badge:
        return label(sheet, sheet.listing.badge, width=page.width * 0.8)
    letters = Letters(round(page.body * 1.15), is_heading=True)
    return paragraph(
        sheet,
        sheet.listing.title,
        letters,
        ink.accent,
        width=page.width * 0.8,
        lines=lines_for(sheet, sheet.listing.title, size_px=page.body, width=page.width * 0.8, usual=1),
        least_px=page.body * 0.8,
        key="head",
    )


def figure_words(sheet: Sheet, figure: MarketFigure, ink: Ink, *, width: float) -> tuple[Node | None, ...]:
    """Return the figure's name, the figure in large letters, and how it moved, if that is known."""
    page = sheet.page
    name = paragraph(
        sheet,
        figure.label,
        Letters(round(page.body * 1.15)),
        ink.text,
        width=width,
        lines=2,
        least_px=page.body,
        key="label",
    )
    value = line(
        sheet,
        figure.value,
        Letters(round(page.display * (0.62 if page.is_wide else 0.8)), is_heading=True),
        ink.text,
        width=width,
        key="title",
        least=0.2,
        leading=1.06,
    )
    return (name, hung(sheet, value), _change(sheet, figure, ink, width))


def _change(sheet: Sheet, figure: MarketFigure, ink: Ink, width: float) -> Box | None:
    if figure.change_percent is None:
        return None
    page = sheet.page
    size = round(page.body * 1.5)
    words = line(
        sheet,
        sheet.wording.change(figure.change_percent),
        Letters(size, weight=600),
        ink.accent,
        width=width - size * 2,
        key="change",
    )
    name: IconName = "up" if figure.change_percent > 0 else "down"
    arrow = on_margin(sheet, name, icon(name, ink.accent, size, stroke_width=2.2), size)
    return row((arrow if figure.change_percent else None, words), gap=round(size * 0.2))


def figure_chart(
    sheet: Sheet, figure: MarketFigure, ink: Ink, *, width: float, share: float = 1.0
) -> Box | None:
    """Return the chart, at `share` of its height, with what stands below it; None where there is neither."""
    page = sheet.page
    drawn = chart(
        figure.series,
        ink,
        width=width,
        height=round(width * _HEIGHTS[page.name] * share),
        line_px=page.unit / 4,
        from_right=sheet.wording.is_right_to_left,
    )
    parts: list[Node | None] = [drawn, _ends(sheet, figure, ink, width) if drawn is not None else None]
    if figure.source:
        parts.append(fine_print(sheet, figure.source, ink.text, width=width, key="source"))
    present = [part for part in parts if part is not None]
    return column(present, gap=page.space(0.4)) if present else None


def _ends(sheet: Sheet, figure: MarketFigure, ink: Ink, width: float) -> Box | None:
    if not figure.first and not figure.last:
        return None
    letters, half = Letters(sheet.page.small), width * 0.45
    first = line(sheet, figure.first, letters, ink.text, width=half, key="first") if figure.first else None
    last = line(sheet, figure.last, letters, ink.text, width=half, key="last") if figure.last else None
    return row((first or Box(style=Style(width=1)), last), justify_content="space-between", width=width)
