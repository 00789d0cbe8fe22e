"""How large a template of one's own is set: smaller where that makes everything stand well, else as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.layout import Layout, TextPlace
from postengine.render.image.renderer import Drawer, PictureSource
from postengine.render.image.tree import Box
from postengine.render.templates.check import faults
from postengine.render.templates.draw import TIGHTER
from postengine.render.templates.parts import Sheet

_LINE_EM = 1.2
"""About how tall a line is, in ems."""


def own_tree(
    renderer: Drawer, template: Callable[[Sheet], Box], sheet: Sheet, images: Mapping[str, PictureSource]
) -> Box:
    """Return the tree of a template of one's own.

    It is the first, from the largest type to the smallest, whose texts stand apart and in the safe area. A
    design may mean to stand elsewhere: where no size does, it is the largest that can be set.

    Args:
        renderer: Measures.
        template: From a sheet to a tree.
        sheet: At the page's full type size.
        images: Pictures by the names that the tree uses.

    Raises:
        TextDoesNotFit: A text with a `fit` overruns its own box at every size.
        RenderError: As of the template and the renderer.
    """
    spare: Box | None = None
    refusal: TextDoesNotFit | None = None
    for share in TIGHTER:
        tree = template(sheet.tighter(share))
        try:
            layout = renderer.measure(tree, sheet.page.size, images=images)
        except TextDoesNotFit as error:
            refusal = refusal or error
            continue
        if not list(faults(in_pixels(layout), sheet.page, photo_share=0.0)):
            return tree
        spare = spare or tree
    if spare is not None:
        return spare
    assert refusal is not None  # noqa: S101 - there is at least one size
    raise refusal


def in_pixels(layout: Layout) -> Layout:
    """Return a layout whose texts have their sizes in pixels; one in another unit is told by its lines."""
    texts = tuple(replace(text, font_px=_font_px(text)) for text in layout.texts)
    return replace(layout, texts=texts)


def _font_px(text: TextPlace) -> float:
    if not isinstance(text.font_px, str):
        return text.font_px
    return max((line.region.height for line in text.lines), default=0.0) / _LINE_EM
