"""Market figure: one large number, how it moved, and a small chart, on the brand's colour."""

from __future__ import annotations

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box
from postengine.render.templates.parts import Sheet, column, on_ground, row
from postengine.render.templates.parts.figures import figure_chart, figure_head, figure_words


def market_figure(sheet: Sheet) -> Box:
    """Return the picture of a number.

    Raises:
        InputMissing: There is no figure.
    """
    figure = sheet.listing.market
    if figure is None:
        raise InputMissing("market_figure", "market", "a figure with a label and a value")
    page, ink = sheet.page, sheet.on_primary
    head = figure_head(sheet, ink)
    if page.is_wide and figure.series:
        half = round((page.width - page.space(2)) / 2)
        numbers = column(figure_words(sheet, figure, ink, width=half), gap=page.space(0.5))
        sides = row(
            (numbers, figure_chart(sheet, figure, ink, width=half)),
            gap=page.space(2),
            align_items="flex-end",
            justify_content="space-between",
            width=page.width,
        )
        return on_ground(sheet, (sides,), ground="primary", head=head)
    parts = (
        column(figure_words(sheet, figure, ink, width=page.width), gap=page.space(0.5)),
        figure_chart(sheet, figure, ink, width=page.width),
    )
    return on_ground(sheet, parts, ground="primary", head=head)
