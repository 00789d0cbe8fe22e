"""The block of text that cards and reels share: headline, details and signature, each in one function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postengine.render.image.colour import Colour, contrast, readable_on
from postengine.render.image.engine import DrawingEngine
from postengine.render.image.fit import fit_text
from postengine.render.image.logo import Logo
from postengine.render.image.nodes import Box, Font, Node, Picture, Text, sans, serif

from .facts import Brand, ListingFacts
from .icons import icon
from .sizes import Page

LOGO = "logo"
"""The name under which an agency's logo is handed to the drawing engine."""


@dataclass(frozen=True)
class Setting:
    """All that a part of the block needs to be built.

    Attributes:
        engine: Measures texts.
        brand: Whose picture it is.
        facts: What it says.
        page: The grid.
        logo: The agency's, if it has one.
    """

    engine: DrawingEngine
    brand: Brand
    facts: ListingFacts
    page: Page
    logo: Logo | None = None


def pictures(brand: Brand, logo: Logo | None) -> Mapping[str, bytes]:
    """Return the icons in the brand's colours, and its logo if there is one, by name."""
    drawn = {name: icon(name, _mark_colour(brand)) for name in ("bed", "bath", "area", "place")}
    return drawn | ({LOGO: logo.png} if logo else {})


def headline(part: Setting) -> Box:
    """Badge, title and address, whichever there are."""
    page, facts = part.page, part.facts
    title = fit_text(
        part.engine,
        facts.title,
        serif(page.title),
        width_px=page.column,
        max_lines=page.title_lines,
        min_size_px=page.title_least,
    )
    lines: list[Node] = []
    if facts.badge:
        lines.append(Box((badge(part, facts.badge),), padding_px=(0, 0, page.unit * 0.35, 0)))
    lines.append(
        Text(title.content, title.font, part.brand.text_colour, width_px=title.width_px, key="title")
    )
    if facts.address:
        lines.append(_address(part, facts.address))
    return Box(tuple(lines), gap_px=round(page.unit * 0.65), width_px=page.column, key="headline")


def badge(part: Setting, content: str) -> Box:
    """A pill in the accent colour."""
    page, accent = part.page, part.brand.accent_colour
    words = one_line(part, content, sans(page.small, 600, 0.01), page.column * 0.8)
    text = Text(words.content, words.font, readable_on(accent), key="badge")
    rise, side = round(page.small * 0.32), round(page.small * 0.8)
    return Box((text,), padding_px=(rise, side, rise, side), fill=accent, radius_px=200, key="badge_pill")


def details(part: Setting) -> Box | None:
    """Price and facts in one row (two, where they are long), or None if there are neither."""
    page, facts = part.page, part.facts
    numbers = tuple(_numbers(part))
    columns: list[Node] = []
    if facts.price:
        price = one_line(part, facts.price, serif(page.price), page.column)
        columns.append(Text(price.content, price.font, part.brand.text_colour, key="price"))
    if numbers:
        columns.append(Box(numbers, row=True, gap_px=page.body, across="center", key="facts"))
    if not columns:
        return None
    return Box(
        tuple(columns),
        row=True,
        wrap=True,
        across="center",
        along="space-between",
        gap_px=page.unit,
        row_gap_px=round(page.unit * 0.4),
        width_px=page.column,
        key="details",
    )


def signature(part: Setting) -> Box:
    """A hairline; under it the agency on the left and the agent on the right."""
    page, brand, facts = part.page, part.brand, part.facts
    has_agent = bool(facts.agent_name or facts.agent_phone)
    agency: list[Node] = []
    taken = 0.0
    if part.logo:
        width_px, height_px = part.logo.box(page.small * 2.1)
        agency.append(Picture(LOGO, width_px, height_px, radius_px=6, key="logo"))
        taken = width_px + page.small * 0.6
    free = (page.column - page.unit) * (0.6 if has_agent else 1.0) - taken
    name = one_line(part, brand.name, serif(page.small * 1.12), free)
    agency.append(Text(name.content, name.font, brand.text_colour, key="agency"))
    columns: list[Node] = [Box(tuple(agency), row=True, gap_px=page.small * 0.6, across="center")]
    if has_agent:
        columns.append(_agent(part, page.column - page.unit * 1.5 - taken - name.width_px))
    return Box(
        (
            Box(width_px=page.column, height_px=2, fill=brand.text_colour, fill_opacity=0.28),
            Box(
                tuple(columns),
                row=True,
                across="center",
                along="space-between",
                width_px=page.column,
                key="signature",
            ),
        ),
        gap_px=round(page.unit * 0.85),
    )


@dataclass(frozen=True)
class Line:
    """A text on one line, at the size that fits."""

    content: str
    font: Font
    width_px: float


def one_line(part: Setting, content: str, font: Font, width_px: float, *, may_shorten: bool = True) -> Line:
    """Set a text on one line: shrink it down to 76 %, then shorten it.

    A phone number must not be shortened: it would reach somebody else.

    Raises:
        TextDoesNotFit: Not even its first word fits.
    """
    fitted = fit_text(
        part.engine,
        content,
        font,
        width_px=width_px,
        max_lines=1,
        min_size_px=round(font.size_px * 0.76),
        may_shorten=may_shorten,
    )
    extent = part.engine.measure_text(fitted.content, fitted.font, width_px)
    return Line(fitted.content, fitted.font, extent.width_px)


def _address(part: Setting, content: str) -> Box:
    page = part.page
    size = page.body * 1.15
    words = fit_text(
        part.engine,
        content,
        sans(page.body),
        width_px=page.column - size - page.body * 0.35,
        max_lines=2,
        min_size_px=round(page.body * 0.84),
    )
    colour = part.brand.text_colour
    return Box(
        (
            Picture("place", size, size),
            Text(words.content, words.font, colour, width_px=words.width_px, opacity=0.94, key="address"),
        ),
        row=True,
        gap_px=page.body * 0.35,
        across="flex-start",
    )


def _numbers(part: Setting) -> Iterator[Box]:
    facts, page = part.facts, part.page
    named: tuple[tuple[str, str | None], ...] = (
        ("bed", None if facts.bedrooms is None else str(facts.bedrooms)),
        ("bath", None if facts.bathrooms is None else f"{facts.bathrooms:g}"),
        ("area", facts.area or None),
    )
    for name, value in named:
        if value is not None:
            words = one_line(part, value, sans(page.body, 600), page.column * 0.5)
            size = page.body * 1.3
            text = Text(words.content, words.font, part.brand.text_colour, key=f"fact_{name}")
            yield Box((Picture(name, size, size), text), row=True, gap_px=page.body * 0.35, across="center")


def _agent(part: Setting, width_px: float) -> Box:
    page, facts, colour = part.page, part.facts, part.brand.text_colour
    lines: list[Node] = []
    if facts.agent_name:
        name = one_line(part, facts.agent_name, sans(page.small, 600), width_px)
        lines.append(Text(name.content, name.font, colour, key="agent_name"))
    if facts.agent_phone:
        phone = one_line(part, facts.agent_phone, sans(page.small), width_px, may_shorten=False)
        lines.append(Text(phone.content, phone.font, colour, key="agent_phone"))
    return Box(tuple(lines), across="flex-end", gap_px=2, key="agent")


def _mark_colour(brand: Brand) -> Colour:
    """Return the accent for icons, or the text colour where the accent is too dark for the shadow."""
    return (
        brand.accent_colour
        if contrast(brand.accent_colour, brand.shadow_colour) >= 4.5
        else brand.text_colour
    )
