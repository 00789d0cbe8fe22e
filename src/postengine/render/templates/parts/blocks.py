"""The parts that say something of a property: label, headline, place, price, facts."""

from __future__ import annotations

from typing import Any

from postengine.render.image.colour import readable_on
from postengine.render.image.tree import Box, Node, Shape, Style, Text
from postengine.render.templates.pages import page_for

from .icons import IconName, icon, inset
from .inks import Ink
from .sheet import Sheet
from .stacks import column, row
from .words import Letters, capitals, line, lines_for, paragraph
from .words import name as words_in_line

_LEADING = 1.36


def label(sheet: Sheet, text: str, *, width: float | None = None, key: str = "badge") -> Box:
    """Return a short word on the accent colour, in spaced capitals where its script has them."""
    page, accent = sheet.page, sheet.brand.accent_colour
    size = page.small
    aside = round(size * 0.8)
    words = line(
        sheet,
        capitals(sheet, text),
        Letters(round(size * 0.94), weight=600, tracking_em=0.07),
        readable_on(accent),
        width=(width or page.column) - 2 * aside,
        key=key,
        least=0.7,
    )
    return row(
        (words,),
        key=f"{key}_ground",
        padding=f"{round(size * 0.36)}px {aside}px",
        background_color=accent.css(),
    )


def page_mark(sheet: Sheet) -> Box | None:
    """Return the mark of a carousel's page, or None."""
    mark = sheet.listing.page_mark
    if not mark:
        return None
    # The same on every page of a carousel, also where the type is set tighter or larger.
    size, shadow = page_for(sheet.page.name).small, sheet.brand.shadow_colour
    words = line(
        sheet, mark, Letters(size, weight=600), sheet.brand.text_colour, width=size * 6, key="page_mark"
    )
    return row(
        (words,),
        key="page_mark_ground",
        padding=f"{round(size * 0.3)}px {round(size * 0.7)}px",
        background_color=shadow.css(),
    )


def headline(
    sheet: Sheet,
    ink: Ink,
    *,
    width: float,
    lines: int | None = None,
    share: float = 1.0,
    text: str | None = None,
) -> Text:
    """Return the title in the heading font, its lines balanced; a very long one in more lines than usual."""
    page = sheet.page
    words = text or sheet.listing.title
    least = max(page.title_least * min(share, 1.0), page.least)
    return paragraph(
        sheet,
        words,
        Letters(round(page.title * share), is_heading=True),
        ink.text,
        width=width,
        lines=lines_for(sheet, words, size_px=least, width=width, usual=lines or page.title_lines),
        least_px=least,
        key="title",
    )


def place_line(sheet: Sheet, ink: Ink, *, width: float, lines: int = 2) -> Box | None:
    """Return the address beside a pin, or None where none may be shown."""
    text = sheet.wording.address(sheet.listing.address)
    return None if not text else told(sheet, ink, "place", text, width=width, key="address", lines=lines)


def told(
    sheet: Sheet,
    ink: Ink,
    name: IconName,
    text: str,
    *,
    width: float,
    key: str,
    lines: int = 2,
    weight: int | None = None,
    size_px: float | None = None,
) -> Box:
    """Return words beside an icon that stands in the middle of their first line."""
    body, size = sheet.page.body, size_px or sheet.page.body
    drawn, gap = round(body * 1.15), round(body * 0.22)
    words = words_in_line(
        sheet,
        text,
        Letters(size, weight=weight),
        ink.text,
        width=width - drawn - gap,
        lines=lines,
        key=key,
        line_height=_LEADING,
    )
    shape = on_margin(sheet, name, icon(name, ink.mark, drawn, stroke_width=1.8), drawn)
    # As wide as the square, so that words of such rows begin below each other.
    first = row((shape,), width=drawn, height=round(size * _LEADING))
    return row((first, words), gap=gap, align_items="flex-start")


def on_margin(sheet: Sheet, name: IconName, drawing: Shape, size_px: float) -> Shape:
    """Move an icon outward so that its line, not its square, stands on the margin."""
    side = "margin_right" if sheet.wording.is_right_to_left else "margin_left"
    moved = drawing.style.model_copy(update={side: -round(size_px * inset(name))})
    return drawing.model_copy(update={"style": moved})


def price_line(
    sheet: Sheet, ink: Ink, *, width: float, share: float = 1.0, colour: str = "text"
) -> Text | None:
    """Return the price in the heading font, or None."""
    price = sheet.listing.price
    if price is None:
        return None
    return line(
        sheet,
        sheet.wording.money(price),
        Letters(round(sheet.page.price * share), is_heading=True),
        ink.accent if colour == "accent" else ink.text,
        width=width,
        key="price",
        least=0.5,
        leading=1.15,
        may_shorten=isinstance(price, str),  # an amount without its last digits is another amount
    )


def fact_row(sheet: Sheet, ink: Ink, *, width: float, **style: Any) -> Box | None:  # noqa: ANN401 - any style
    """Return bedrooms, bathrooms and area, each beside its icon; None if there are none."""
    listing, wording, body = sheet.listing, sheet.wording, sheet.page.body
    named: tuple[tuple[IconName, str | None], ...] = (
        ("bed", None if listing.bedrooms is None else wording.number(listing.bedrooms)),
        ("bath", None if listing.bathrooms is None else wording.number(listing.bathrooms)),
        ("area", None if listing.area is None else wording.area(listing.area)),
    )
    facts: list[tuple[IconName, str]] = [(name, value) for name, value in named if value]
    if not facts:
        return None
    size = round(body * 1.3)
    shapes = [icon(name, ink.mark, size) for name, _ in facts]
    shapes[0] = on_margin(sheet, facts[0][0], shapes[0], size)
    items: list[Node] = [
        row(
            (
                shape,
                line(
                    sheet, value, Letters(body, weight=600), ink.text, width=width * 0.5, key=f"fact_{name}"
                ),
            ),
            gap=round(body * 0.35),
        )
        for shape, (name, value) in zip(shapes, facts, strict=True)
    ]
    row_style = {"row_gap": round(body * 0.3), "flex_wrap": "wrap", "max_width": width} | style
    return row(items, gap=round(body * 0.9), key="facts", **row_style)


def details(sheet: Sheet, ink: Ink, *, width: float, share: float = 1.0) -> Box | None:
    """Return price and facts in one row (two, where they are long), or None if there are neither."""
    price = price_line(sheet, ink, width=width, share=share)
    facts = fact_row(sheet, ink, width=width)
    if price is None and facts is None:
        return None
    return Box(
        children=tuple(part for part in (price, facts) if part is not None),
        style=Style(
            flex_direction="row",
            flex_wrap="wrap",
            align_items="center",
            justify_content="space-between",
            column_gap=sheet.page.unit,
            row_gap=sheet.page.space(0.4),
            width=width,
            flex_shrink=0,
        ),
        key="details",
    )


def titled(sheet: Sheet, ink: Ink, *, width: float, share: float = 1.0, lines: int | None = None) -> Box:
    """Return the headline with the place under it."""
    return column(
        (headline(sheet, ink, width=width, share=share, lines=lines), place_line(sheet, ink, width=width)),
        gap=sheet.page.space(0.5),
    )


def rule(ink: Ink, *, width: float, height: float = 2, opacity: float = 0.28) -> Box:
    """Return a hairline."""
    return Box(
        style=Style(
            width=round(width, 2), height=height, background_color=ink.text.css(opacity), flex_shrink=0
        )
    )
