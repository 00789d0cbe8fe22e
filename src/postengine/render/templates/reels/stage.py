"""The page that an act is drawn on, and how its beats are taken apart into layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from postengine.render.image.geometry import Region
from postengine.render.image.layout import Layout
from postengine.render.image.tree import Box, Node, Style, walk
from postengine.render.templates.pages import Page
from postengine.render.templates.parts import Sheet, column

from .tempo import words_in

_BEAT = "beat:"
_UNREAD = ("legal", "mark", "page_mark")
"""Texts that nobody reads to the end while they are there: they stand all the while, or are drawings."""

Place = Literal["top", "middle", "bottom"]
_ALONG = {"top": "flex-start", "middle": "center", "bottom": "flex-end"}


@dataclass(frozen=True)
class Piece:
    """One beat as a layer.

    Attributes:
        name: Of the beat.
        tree: On a canvas as large as the video, with the beat where it stood.
        region: Where it stands.
        words: How many there are to read.
    """

    name: str
    tree: Box
    region: Region
    words: float


def beat(node: Node | None, name: str, **style: Any) -> Box | None:  # noqa: ANN401 - any style
    """Mark a part as something that comes by itself; None stays None."""
    if node is None:
        return None
    whole = {"flex_direction": "column", "align_items": "flex-start", "flex_shrink": 0} | style
    return Box(children=(node,), style=Style.model_validate(whole), key=f"{_BEAT}{name}")


def stage(
    sheet: Sheet, parts: Iterable[Node | None], *, gap: float | None = None, place: Place = "bottom"
) -> Box:
    """Return a page with parts in a column; those that are beats come one after another."""
    page = sheet.page
    block = column(parts, gap=page.unit if gap is None else gap)
    return column((block,), justify_content=_ALONG[place], **_whole(sheet))


def edges(sheet: Sheet, top: Iterable[Node | None], bottom: Iterable[Node | None]) -> Box:
    """Return a page with parts at its upper and its lower edge, and room between them."""
    gap = sheet.page.unit
    parts = (column(top, gap=gap), column(bottom, gap=gap))
    return column(parts, justify_content="space-between", **_whole(sheet))


def pieces_of(tree: Box, layout: Layout, page: Page, *, is_centred: bool = False) -> tuple[Piece, ...]:
    """Take a page apart: each beat becomes a tree of its own, in which it stands where it stood.

    Args:
        tree: The page.
        layout: As it was measured.
        page: Its measures.
        is_centred: Move all beats together to the middle between the page's upper and lower edge.
    """
    found = [(path, node) for path, node in walk(tree) if (node.key or "").startswith(_BEAT)]
    lift = _lift_px([layout.boxes[path] for path, _ in found], page) if is_centred else 0.0
    return tuple(
        _piece(tree, node, path, layout, page, lift) for path, node in found if isinstance(node, Box)
    )


def room_between(pieces: Iterable[Piece], page: Page) -> tuple[float, float]:
    """Return the upper and the lower edge of what standing pieces leave free."""
    top, bottom = float(page.top), float(page.size.height - page.bottom)
    for piece in pieces:
        if piece.region.y + piece.region.height / 2 < page.size.height / 2:
            top = max(top, piece.region.bottom + page.unit)
        else:
            bottom = min(bottom, piece.region.y - page.unit)
    return top, bottom


def _whole(sheet: Sheet) -> Mapping[str, Any]:
    page = sheet.page
    right, left = page.margin + page.right, page.margin + page.left
    return {
        "width": page.size.width,
        "height": page.size.height,
        "padding": f"{page.top}px {right}px {page.bottom}px {left}px",
        "direction": "rtl" if sheet.wording.is_right_to_left else None,
    }


def _piece(tree: Box, node: Box, path: str, layout: Layout, page: Page, lift_px: float) -> Piece:
    region = layout.boxes[path]
    region = Region(region.x, region.y - lift_px, region.width, region.height)
    return Piece(
        name=(node.key or "").removeprefix(_BEAT),
        tree=_alone(node, region, tree, page),
        region=region,
        words=sum(words_in(text.text) for text in layout.texts if _is_read(text.path, text.key, path)),
    )


def _lift_px(regions: Sequence[Region], page: Page) -> float:
    """Return how far to raise what stands in these regions for it to stand in the middle of the page."""
    if not regions:
        return 0.0
    top, bottom = min(region.y for region in regions), max(region.bottom for region in regions)
    return (top + bottom) / 2 - (page.safe.y + page.safe.bottom) / 2


def _alone(node: Box, region: Region, tree: Box, page: Page) -> Box:
    place: dict[str, Any] = {"position": "absolute", "left": round(region.x, 2), "top": round(region.y, 2)}
    if not node.children:
        place |= {"width": round(region.width, 2), "height": round(region.height, 2)}
    moved = node.style.model_copy(update={"right": None, "bottom": None} | place)
    return Box(
        children=(node.model_copy(update={"style": moved}),),
        style=Style(
            position="relative",
            width=page.size.width,
            height=page.size.height,
            direction=tree.style.direction,
        ),
    )


def _is_read(at: str, key: str | None, path: str) -> bool:
    return at.startswith(f"{path}.") and not (key or "").startswith(_UNREAD)
