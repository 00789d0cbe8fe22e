"""The listing card: one photo, full bleed, with the block of text over a scrim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.compose import laid_over
from postengine.render.image.engine import DrawingEngine
from postengine.render.image.geometry import Region, Size
from postengine.render.image.logo import Logo
from postengine.render.image.nodes import Box, Node, Text, sans
from postengine.render.image.photo import RgbPixels
from postengine.render.image.scrim import Scrim, needed_opacity

from .block import Setting, details, headline, pictures, signature
from .facts import Brand, ListingFacts
from .sizes import Page, SizeName, page_for

ON_SCRIM = ("title", "address", "price", "facts", "agency", "agent")
"""Keys of what stands on the scrim itself and must read on it."""

_LEAST_OPACITY = 0.78


@dataclass(frozen=True)
class Card:
    """A drawn card.

    Attributes:
        pixels: The picture.
        regions: Where each named part stands.
        scrim: The shadow that was needed.
    """

    pixels: RgbPixels
    regions: Mapping[str, Region]
    scrim: Scrim


def listing_card(
    engine: DrawingEngine,
    facts: ListingFacts,
    brand: Brand,
    photo: RgbPixels,
    size: SizeName,
    logo: Logo | None = None,
) -> Card:
    """Draw a listing card.

    Args:
        engine: Draws.
        facts: What it says.
        brand: How it looks.
        photo: At exactly the size's pixels.
        size: One of the named sizes.
        logo: The agency's.

    Raises:
        TextDoesNotFit: A part is too long even at its smallest size.
        FontMissing: A letter has no glyph.
    """
    part = Setting(engine, brand, facts, page_for(size), logo=logo)
    drawn = pictures(brand, logo)
    tree = card_tree(part)
    regions = engine.place(tree, part.page.size, drawn)
    require_inside(regions, part.page)
    scrim = scrim_for(part, regions, [photo])
    shaded = laid_over(photo, scrim.rgba(part.page.size))
    return Card(laid_over(shaded, engine.draw(tree, part.page.size, drawn)), regions, scrim)


def card_tree(part: Setting) -> Box:
    """Return the whole overlay: the page mark at the top, the block of text at the bottom."""
    page = part.page
    parts: list[Node] = [headline(part)]
    row = details(part)
    if row is not None:
        parts.append(row)
    parts.append(signature(part))
    block = Box(tuple(parts), gap_px=page.unit, key="block")
    return Box(
        (_top(part), block),
        along="space-between",
        width_px=page.size.width,
        height_px=page.size.height,
        padding_px=(page.top, page.margin, page.bottom, page.margin),
    )


def require_inside(regions: Mapping[str, Region], page: Page) -> None:
    """Check that no part leaves the area where text may stand.

    Raises:
        TextDoesNotFit: One does.
    """
    for key, region in regions.items():
        if not page.safe.holds(region):
            box = (page.safe.width, page.safe.height)
            raise TextDoesNotFit(key, box=box, needed_px=max(region.width, region.height))


def scrim_for(part: Setting, regions: Mapping[str, Region], photos: Sequence[RgbPixels]) -> Scrim:
    """Return the scrim under the block of text, strong enough for each of `photos`."""
    page, brand = part.page, part.brand
    texts = [regions[key] for key in ON_SCRIM if key in regions]
    opacity = max(
        needed_opacity(photo, texts, brand.text_colour, brand.shadow_colour, at_least=_LEAST_OPACITY)
        for photo in photos
    )
    if page.from_left:
        # Here the shadow lies full under the column and fades out to the right of it.
        edge = max(region.right for region in texts)
        return Scrim(brand.shadow_colour, page.size.width * 0.80, edge, 0, opacity, from_left=True)
    full = min(region.y for region in texts)
    return Scrim(brand.shadow_colour, full - page.size.height * 0.26, full, page.size.height, opacity)


def _top(part: Setting) -> Box:
    page, brand, mark = part.page, part.brand, part.facts.page_mark
    width = page.size.width - 2 * page.margin
    if not mark:
        return Box(width_px=width, height_px=0)
    text = Text(part.engine.drawable(mark), sans(page.small, 600), brand.text_colour, key="page_mark")
    side = round(page.small * 0.7)
    pill = Box(
        (text,), padding_px=(8, side, 8, side), fill=brand.shadow_colour, fill_opacity=0.86, radius_px=200
    )
    return Box((pill,), row=True, along="flex-end", width_px=width)


def photo_size(size: SizeName) -> Size:
    """Return the pixels that a card's photo must have."""
    return page_for(size).size
