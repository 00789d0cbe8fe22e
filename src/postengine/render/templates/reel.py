"""The listing reel: photos that move slowly under headline and details, and an end card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.compose.scrims import scrim_layer, standing
from postengine.render.image.draw import RgbaPixels
from postengine.render.image.geometry import Region
from postengine.render.image.layout import Layout
from postengine.render.image.photo import RgbPixels
from postengine.render.image.renderer import Drawer, PictureSource
from postengine.render.image.tree import Box, Node, Picture, Scrim, Style

from .pages import Page
from .parts import Letters, Sheet, column, details, label, line, rule, signature, titled

_TIGHTER = (1.0, 0.92, 0.84, 0.76, 0.68)
_DRIFT = 0.03
"""How far a photo moves beneath the text, as a share of the page's height."""


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
    renderer: Drawer, sheet: Sheet, photos: Sequence[RgbPixels], images: Mapping[str, PictureSource]
) -> ReelArt:
    """Draw the layers of a reel; all share one layout, so that nothing jumps when they come together.

    Args:
        renderer: Draws.
        sheet: What it says, how it looks, and its page.
        photos: One or more, at the page's size, to measure how strong the scrim must be.
        images: The brand's logos.

    Raises:
        TextDoesNotFit: A part is too long even at its smallest size.
    """
    fitting, layout = _fitting(renderer, sheet, images)
    size = sheet.page.size
    return ReelArt(
        shade=_shade(fitting, layout, photos),
        headline=renderer.pixels(reel_tree(fitting, head=1.0, rest=0.0), size, images=images),
        details=renderer.pixels(reel_tree(fitting, head=0.0, rest=1.0), size, images=images),
        end_card=_end_card(renderer, sheet, images),
    )


def reel_tree(sheet: Sheet, *, head: float, rest: float) -> Box:
    """Return the texts of a reel; `head` and `rest` are the opacities of its two layers."""
    page, ink = sheet.page, sheet.on_photo
    badge = label(sheet, sheet.listing.badge, width=page.width) if sheet.listing.badge else None
    top = column((badge, titled(sheet, ink, width=page.width)), gap=page.unit, opacity=head, key="head")
    low = column(
        (details(sheet, ink, width=page.width), signature(sheet, ink, width=page.width)),
        gap=page.unit,
        opacity=rest,
        key="rest",
    )
    return _page_box(sheet, (column((top, low), gap=page.unit),), justify_content="flex-end")


def end_tree(sheet: Sheet) -> Box:
    """Return the end card's texts: who, and how to get in touch."""
    page, ink, brand, agent = sheet.page, sheet.on_primary, sheet.brand, sheet.listing.agent
    parts: list[Node] = []
    if ink.logo is not None:
        height = round(page.title * 1.9)
        style = Style(height=height, max_width=height * 3, object_fit="contain", flex_shrink=0)
        parts.append(Picture(source=ink.logo, style=style, key="end_logo"))
    name = Letters(round(page.title * 0.95), is_heading=True)
    words: list[Node] = [line(sheet, brand.name, name, ink.text, width=page.width, key="end_name")]
    if brand.tagline:
        words.append(
            line(sheet, brand.tagline, Letters(page.body), ink.text, width=page.width, key="end_tagline")
        )
    parts.append(column(words, align_items="center", gap=page.space(0.4)))
    if agent is not None:
        parts.append(rule(ink, width=page.title * 1.4, height=3))
        size = round(page.body * 1.12)
        told: list[Node] = [
            line(sheet, agent.name, Letters(size, weight=600), ink.text, width=page.width, key="end_agent")
        ]
        if agent.phone:
            told.append(
                line(
                    sheet,
                    agent.phone,
                    Letters(size),
                    ink.text,
                    width=page.width,
                    key="end_phone",
                    may_shorten=False,
                )
            )
        parts.append(column(told, align_items="center", gap=page.space(0.25)))
    block = column(parts, align_items="center", gap=page.space(1.5))
    return _page_box(sheet, (block,), justify_content="center", align_items="center")


def _page_box(sheet: Sheet, children: Sequence[Node], **style: Any) -> Box:  # noqa: ANN401 - any style
    page = sheet.page
    return column(
        children,
        width=page.size.width,
        height=page.size.height,
        padding=f"{page.top}px {page.margin}px {page.bottom}px {page.margin}px",
        direction="rtl" if sheet.wording.is_right_to_left else None,
        **style,
    )


def _fitting(renderer: Drawer, sheet: Sheet, images: Mapping[str, PictureSource]) -> tuple[Sheet, Layout]:
    """Return the sheet, set as tight as it must be for everything to lie in the safe zone, and its layout."""
    safe = sheet.page.safe
    refused: list[TextDoesNotFit] = []
    for share in _TIGHTER:
        tried = sheet if share >= 1 else sheet.tighter(share)
        try:
            layout = renderer.measure(reel_tree(tried, head=1.0, rest=1.0), sheet.page.size, images=images)
        except TextDoesNotFit as error:
            refused.append(error)
            continue
        if all(safe.holds(text.region) for text in layout.texts):
            return tried, layout
        top = min(text.region.y for text in layout.texts)
        needed = max(text.region.bottom for text in layout.texts) - top
        box = (safe.width, safe.height)
        refused.append(TextDoesNotFit(sheet.listing.title, box=box, needed_px=needed))
    raise refused[-1]


def _shade(sheet: Sheet, layout: Layout, photos: Sequence[RgbPixels]) -> RgbaPixels:
    page, shadow = sheet.page, sheet.brand.shadow_colour
    whole = Region(0, 0, *page.size)
    texts = [
        standing(_swept(text.region, page), whole, text.colour)
        for text in layout.texts
        if text.key != "badge"
    ]
    scrim = Scrim(colour=shadow.hex, edge="bottom", at_least=0.62, reach=0.4)
    return scrim_layer(page.size, scrim, texts, [Image.fromarray(photo) for photo in photos])


def _swept(region: Region, page: Page) -> Region:
    """Return all that may come to lie beneath a region while a photo moves."""
    drift = page.size.height * _DRIFT
    return Region(0, region.y - drift, page.size.width, region.height + 2 * drift)


def _end_card(renderer: Drawer, sheet: Sheet, images: Mapping[str, PictureSource]) -> RgbPixels:
    page, ground = sheet.page, sheet.brand.primary_colour
    tree = end_tree(sheet)
    painted = tree.model_copy(
        update={"style": tree.style.model_copy(update={"background_color": ground.css()})}
    )
    return np.ascontiguousarray(renderer.pixels(painted, page.size, images=images)[..., :3])
