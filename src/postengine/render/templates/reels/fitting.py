"""Setting an act: in its full size of type low on the page, or as little smaller, or higher, as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.layout import Layout
from postengine.render.image.renderer import Drawer, PictureSource
from postengine.render.image.tree import Box
from postengine.render.templates.check import faults
from postengine.render.templates.draw import TIGHTER
from postengine.render.templates.parts import Sheet

from .script import Draw, Ground, ink_on
from .stage import Piece, pieces_of

_PHOTO_SHARE = 0.44
"""Of a video's height, what its photo has to itself above the texts, as long as their type stays large."""

_LARGE = 0.8


def fitted(
    drawer: Drawer,
    draws: Sequence[Draw],
    sheet: Sheet,
    ground: Ground,
    images: Mapping[str, PictureSource],
    *,
    is_centred: bool = False,
) -> list[tuple[Piece, ...]]:
    """Return the beats of acts as layers, each where it stands when all of its act have come.

    On a photo they keep to the lower part of the page where type of a good size allows that; long texts
    rise higher, then shrink, and are cut short at the very last.

    Args:
        drawer: Measures.
        draws: The acts; all are set in one size.
        sheet: With the page that they have.
        ground: What they stand on.
        images: The pictures in them.
        is_centred: They stand in the middle of the page.

    Raises:
        TextDoesNotFit: They do not stand well even then.
    """
    refused: TextDoesNotFit | None = None
    for trial in _trials(sheet, ground):
        trees = [draw(trial, ink_on(trial, ground)) for draw in draws]
        try:
            layouts = [_measured(drawer, tree, trial, images) for tree in trees]
        except TextDoesNotFit as error:
            refused = error
            continue
        return [
            pieces_of(tree, layout, sheet.page, is_centred=is_centred)
            for tree, layout in zip(trees, layouts, strict=True)
        ]
    assert refused is not None  # noqa: S101 - there is at least one trial
    raise refused


def _measured(drawer: Drawer, tree: Box, sheet: Sheet, images: Mapping[str, PictureSource]) -> Layout:
    layout = drawer.measure(tree, sheet.page.size, images=images)
    fault = next(faults(layout, sheet.page, photo_share=0.0), None)
    if fault is not None:
        raise fault.refusal
    return layout


def _trials(sheet: Sheet, ground: Ground) -> Iterator[Sheet]:
    low = _lower(sheet) if ground == "photo" else sheet
    return chain(
        (low.tighter(share) for share in TIGHTER if share >= _LARGE),
        (sheet.tighter(share) for share in TIGHTER),
        (sheet.terser().tighter(share) for share in TIGHTER[2::2]),
    )


def _lower(sheet: Sheet) -> Sheet:
    page = sheet.page
    return replace(sheet, page=replace(page, top=max(page.top, round(page.size.height * _PHOTO_SHARE))))
