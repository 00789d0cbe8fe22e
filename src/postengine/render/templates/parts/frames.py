"""The three ways a template holds its parts: on a photo, beside one, or on a plain ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from postengine.render.image.colour import Colour, contrast
from postengine.render.image.tree import Box, Node, Picture, Scrim, Style

from .blocks import label, page_mark
from .sheet import Sheet
from .signature import signature
from .stacks import column, room, row

Ground = Literal["paper", "primary"]

_LEAST_OPACITY = 0.4
WHOLE: dict[str, Any] = {"position": "absolute", "top": 0, "left": 0, "width": "100%", "height": "100%"}
"""The style of what covers the box that it is in."""

_TELLS_APART = 1.25
"""Two grounds with less contrast need a line between them."""


def photo(sheet: Sheet, index: int = 0, *, scrims: Sequence[Scrim] = (), **style: Any) -> Picture | None:  # noqa: ANN401
    """Return a photo of the listing that covers its box, or None if there are not so many."""
    photos = sheet.listing.photos
    if index >= len(photos):
        return None
    focus = sheet.listing.focus if index == 0 else None
    return Picture(
        source=photos[index],
        focus=focus or "smart",
        style=Style.model_validate({"object_fit": "cover", "flex_shrink": 0} | style),
        scrims=tuple(scrims),
        key=f"photo_{index + 1}",
    )


def filling(sheet: Sheet, index: int) -> Box | None:
    """Return a photo that takes all the room that its neighbours leave, or None if there is none."""
    picture = photo(sheet, index, **WHOLE)
    return None if picture is None else room((picture,))


def on_photo(
    sheet: Sheet,
    parts: Iterable[Node | None],
    *,
    has_agent: bool = True,
) -> Box:
    """Return the main photo, full bleed, with a column of parts and the signature at its foot.

    The scrim is as strong as the texts need. Without a photo, they stand on the brand's main colour, in
    the middle of the page.
    """
    page, size = sheet.page, sheet.page.size
    scrim = Scrim(colour=_hex(sheet.brand.shadow_colour), edge="bottom", at_least=_LEAST_OPACITY, reach=0.36)
    ground = photo(
        sheet, scrims=[scrim], position="absolute", top=0, left=0, width=size.width, height=size.height
    )
    foot = signature(sheet, sheet.on_main, width=page.width, has_agent=has_agent)
    present = [part for part in parts if part is not None]
    if ground is None:
        middle = column(present, key="block", flex_grow=1, justify_content="center", gap=page.space(1.5))
        return _root(sheet, (_safe(sheet, (_top_row(sheet, None), middle, foot)),), ground="primary")
    block = column((*present, foot), gap=page.unit, key="block")
    return _root(sheet, (ground, _safe(sheet, (_top_row(sheet, None), block))), ground="primary")


def beside_photo(
    sheet: Sheet,
    parts: Iterable[Node | None],
    *,
    picture: Node | None,
    ground: Ground = "paper",
    tab: str | None = None,
    tab_edge: Literal["top", "bottom"] = "top",
    has_agent: bool = True,
) -> Box:
    """Return a panel of parts with a picture above it (beside it, if the page is wide), signed at its foot.

    Under upright pictures the panel is as high as its parts need and the picture takes the rest. On paper,
    the signature stands on a band in the brand's colour, which in a story runs on beneath the apps' buttons.
    Without a picture the parts stand in the middle of the page.

    Args:
        sheet: What is said, and how it looks.
        parts: Of the panel, from the top.
        picture: Takes the rest of the page; None leaves all of it to the panel.
        ground: Of the panel.
        tab: A label that hangs at the picture's edge, where it meets the panel.
        tab_edge: Where it hangs on wide pages; under upright pictures always below.
        has_agent: The signature names the agent.
    """
    page, size = sheet.page, sheet.page.size
    width = page.column if picture is not None else page.width
    free = size.width - panel_width(sheet) if page.is_wide and picture is not None else page.width
    badge = None if tab is None else label(sheet, tab, width=free - page.margin)
    foot = _foot(sheet, ground, width, has_agent=has_agent)
    if picture is None:
        upper = _panel(
            sheet, (badge, *parts), size.width, flex_grow=1, justify_content="center", gap=page.space(1.5)
        )
        return _root(sheet, (column((upper, foot), width=size.width, height=size.height),), ground=ground)
    if page.is_wide:
        upper = _panel(sheet, parts, panel_width(sheet), flex_grow=1, justify_content="center")
        panel = column((upper, foot), width=panel_width(sheet), height=size.height, key="panel")
        mark = _corner(sheet, page_mark(sheet))
        place = {"top": page.top, "bottom": page.bottom}
        if mark is not None:
            place["top"] += round(page.small * 2.4)  # the mark has the first line
        hanging = None if badge is None else _placed(sheet, badge, inset=0, **{tab_edge: place[tab_edge]})
        held = room((picture, hanging, mark))
        return _root(sheet, (row((panel, held), width=size.width, height=size.height),), ground=ground)
    return stacked(sheet, parts, picture=picture, ground=ground, tab=badge, has_agent=has_agent)


def stacked(
    sheet: Sheet,
    parts: Iterable[Node | None],
    *,
    picture: Node,
    ground: Ground = "paper",
    tab: Box | None = None,
    has_agent: bool = True,
) -> Box:
    """Return a panel of parts below a picture on a page of any shape; see `beside_photo`."""
    page, size = sheet.page, sheet.page.size
    hanging = None if tab is None else _placed(sheet, tab, bottom=0)
    held = room((picture, hanging, _corner(sheet, page_mark(sheet))))
    foot = _foot(sheet, ground, page.width, has_agent=has_agent)
    panel = column((_panel(sheet, parts, size.width), foot), width=size.width, key="panel")
    return _root(sheet, (column((held, panel), width=size.width, height=size.height),), ground=ground)


def on_ground(
    sheet: Sheet,
    parts: Iterable[Node | None],
    *,
    ground: Ground,
    head: Node | None = None,
    has_agent: bool = True,
) -> Box:
    """Return parts on a plain ground: `head` at the top, the parts in the middle, the signature below."""
    ink = sheet.on_paper if ground == "paper" else sheet.on_primary
    block = column(parts, gap=sheet.page.unit, key="block")
    foot = signature(sheet, ink, width=sheet.page.width, has_agent=has_agent)
    return _root(sheet, (_safe(sheet, (_top_row(sheet, head), block, foot)),), ground=ground)


def panel_width(sheet: Sheet) -> int:
    """Return how wide a panel is: the page's width, or beside a photo its column with the margins."""
    page = sheet.page
    return page.size.width if not page.is_wide else page.column + 2 * page.margin


def corner_label(sheet: Sheet, text: str, *, width: float, key: str) -> Box:
    """Return a label for the foot of a picture, where the page begins to be read."""
    return _placed(sheet, label(sheet, text, width=width, key=key), bottom=0)


def _placed(sheet: Sheet, box: Box, *, inset: int | None = None, **place: Any) -> Box:  # noqa: ANN401
    side = "right" if sheet.wording.is_right_to_left else "left"
    margin = sheet.page.margin if inset is None else inset
    moved = box.style.model_copy(update={"position": "absolute", side: margin} | place)
    return box.model_copy(update={"style": moved})


def _corner(sheet: Sheet, mark: Box | None) -> Box | None:
    """Return a page mark in the upper corner where the page's lines end."""
    if mark is None:
        return None
    side = "left" if sheet.wording.is_right_to_left else "right"
    place = {"position": "absolute", "top": sheet.page.top, side: sheet.page.margin}
    return mark.model_copy(update={"style": mark.style.model_copy(update=place)})


def _panel(
    sheet: Sheet,
    parts: Iterable[Node | None],
    width: float,
    *,
    gap: float | None = None,
    **style: Any,  # noqa: ANN401
) -> Box:
    page = sheet.page
    above = page.space(1.5) if "flex_grow" not in style else page.top
    padding = f"{above}px {page.margin}px {page.space(1.25)}px {page.margin}px"
    return column(parts, gap=gap or page.unit, width=width, padding=padding, key="block", **style)


def _foot(sheet: Sheet, ground: Ground, width: float, *, has_agent: bool) -> Box:
    """Return the signature: on a band in the main colour under paper, else on the panel's own ground."""
    page, brand = sheet.page, sheet.brand
    is_band = ground == "paper"
    is_ruled = not is_band or contrast(brand.primary_colour, brand.paper_colour) < _TELLS_APART
    signed = signature(sheet, sheet.on_primary, width=width, has_agent=has_agent, has_rule=is_ruled)
    above = 0 if not is_band else page.space(1)
    return column(
        (signed,),
        width=width + 2 * page.margin,
        padding=f"{above}px {page.margin}px {page.bottom}px {page.margin}px",
        background_color=brand.primary_colour.css() if is_band else None,
        key="foot",
    )


def _top_row(sheet: Sheet, top: Node | None) -> Box:
    return row(
        (top if top is not None else Box(), page_mark(sheet)),
        justify_content="space-between",
        align_items="flex-start",
        width=sheet.page.width,
    )


def _safe(sheet: Sheet, parts: Iterable[Node | None]) -> Box:
    page, size = sheet.page, sheet.page.size
    return column(
        parts,
        position="absolute",
        top=0,
        left=0,
        width=size.width,
        height=size.height,
        padding=f"{page.top}px {page.margin}px {page.bottom}px {page.margin}px",
        justify_content="space-between",
        gap=page.unit,
    )


def _root(sheet: Sheet, parts: Iterable[Node | None], *, ground: Ground) -> Box:
    size = sheet.page.size
    colour = sheet.brand.paper_colour if ground == "paper" else sheet.brand.primary_colour
    return Box(
        children=tuple(part for part in parts if part is not None),
        style=Style(
            position="relative",
            flex_direction="column",
            width=size.width,
            height=size.height,
            background_color=colour.css(),
            direction="rtl" if sheet.wording.is_right_to_left else None,
        ),
    )


def _hex(colour: Colour) -> str:
    return f"#{colour.red:02x}{colour.green:02x}{colour.blue:02x}"
