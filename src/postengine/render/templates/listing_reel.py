"""The listing reel: photos that move slowly under headline and details, and an end card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from postengine.render.image.colour import Colour, contrast, readable_on
from postengine.render.image.compose import laid_over
from postengine.render.image.engine import DrawingEngine, RgbaPixels
from postengine.render.image.geometry import Region
from postengine.render.image.logo import Logo
from postengine.render.image.nodes import Box, Node, Picture, Text, sans, serif
from postengine.render.image.photo import RgbPixels

from .block import LOGO, Setting, details, headline, one_line, pictures, signature
from .facts import Brand, ListingFacts
from .listing_card import require_inside, scrim_for
from .sizes import Page


@dataclass(frozen=True)
class ReelArt:
    """All that is drawn for a reel, each layer as large as the video.

    Attributes:
        shade: The scrim.
        headline: Badge, title and address.
        details: Price, facts and signature.
        end_card: The last picture, opaque.
    """

    shade: RgbaPixels
    headline: RgbaPixels
    details: RgbaPixels
    end_card: RgbPixels


def listing_reel(
    engine: DrawingEngine,
    facts: ListingFacts,
    brand: Brand,
    photos: Sequence[RgbPixels],
    page: Page,
    logo: Logo | None = None,
) -> ReelArt:
    """Draw the layers of a reel; all share one layout, so that nothing jumps when they come together.

    Args:
        engine: Draws.
        facts: What it says.
        brand: How it looks.
        photos: One or more, at the page's size, to measure how strong the scrim must be.
        page: The grid.
        logo: The agency's.

    Raises:
        TextDoesNotFit: A part is too long even at its smallest size.
    """
    part = Setting(engine, brand, facts, page, logo=logo)
    drawn = pictures(brand, logo)
    whole = _tree(part, head=1.0, rest=1.0)
    regions = engine.place(whole, page.size, drawn)
    require_inside(regions, page)
    return ReelArt(
        shade=scrim_for(part, {key: _swept(region, page) for key, region in regions.items()}, photos).rgba(
            page.size
        ),
        headline=engine.draw(_tree(part, head=1.0, rest=0.0), page.size, drawn),
        details=engine.draw(_tree(part, head=0.0, rest=1.0), page.size, drawn),
        end_card=_end_card(part, drawn),
    )


def _swept(region: Region, page: Page) -> Region:
    """Return all that may come to lie beneath a region while a photo moves."""
    drift = page.size.height * 0.03
    if page.from_left:
        return Region(region.x, region.y - drift, region.width, region.height + 2 * drift)
    return Region(0, region.y, page.size.width, region.height)


def _tree(part: Setting, *, head: float, rest: float) -> Box:
    page = part.page
    row = details(part)
    tail: tuple[Node, ...] = (signature(part),) if row is None else (row, signature(part))
    blocks = (
        replace(headline(part), opacity=head),
        Box(tail, gap_px=page.unit, opacity=rest),
    )
    return Box(
        (Box(blocks, gap_px=page.unit),),
        along="flex-end",
        width_px=page.size.width,
        height_px=page.size.height,
        padding_px=(page.top, page.margin, page.bottom, page.margin),
    )


def _end_card(part: Setting, drawn: Mapping[str, bytes]) -> RgbPixels:
    page, ground = part.page, part.brand.primary_colour
    tree = _end_tree(part, readable_on(ground, part.brand.text_colour), _quiet(part.brand))
    require_inside(part.engine.place(tree, page.size, drawn), page)
    plain = np.empty((page.size.height, page.size.width, 3), np.uint8)
    plain[:] = ground
    return laid_over(plain, part.engine.draw(tree, page.size, drawn))


def _end_tree(part: Setting, colour: Colour, quiet: Colour) -> Box:
    page, brand, facts = part.page, part.brand, part.facts
    name = one_line(part, brand.name, serif(page.title * 0.95), page.column)
    top: list[Node] = []
    if part.logo:
        width_px, height_px = part.logo.box(page.title * 1.9)
        top.append(Picture(LOGO, width_px, height_px, radius_px=16, key="end_logo"))
    words: list[Node] = [Text(name.content, name.font, colour, key="end_name")]
    if brand.tagline:
        line = one_line(part, brand.tagline, sans(page.body), page.column)
        words.append(Text(line.content, line.font, colour, opacity=0.86, key="end_tagline"))
    top.append(Box(tuple(words), across="center", gap_px=page.unit * 0.4))
    rule = Box(width_px=page.title * 1.4, height_px=3, fill=quiet)
    contact: list[Node] = []
    for key, content, weight in (("agent", facts.agent_name, 600), ("phone", facts.agent_phone, 400)):
        if content:
            font = sans(page.body * 1.12, weight)
            line = one_line(part, content, font, page.column, may_shorten=key != "phone")
            contact.append(Text(line.content, line.font, colour, key=f"end_{key}"))
    if contact:
        top.extend((rule, Box(tuple(contact), across="center", gap_px=page.unit * 0.25)))
    return Box(
        tuple(top),
        across="center",
        along="center",
        gap_px=page.unit * 1.5,
        width_px=page.size.width,
        height_px=page.size.height,
        padding_px=(page.top, page.margin, page.bottom, page.margin),
    )


def _quiet(brand: Brand) -> Colour:
    """Return the accent for the rule, unless it cannot be seen on the ground."""
    if contrast(brand.accent_colour, brand.primary_colour) >= 1.8:
        return brand.accent_colour
    return readable_on(brand.primary_colour, brand.text_colour)
