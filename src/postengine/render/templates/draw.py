"""Drawing a template: in its full size of type, or as little smaller as it takes for all to stand well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.output import Output
from postengine.render.image.renderer import Drawer, PictureSource
from postengine.render.image.tree import Box

from .brand import Brand
from .check import PHOTO_SHARE, PHOTO_SHARE_AT_LEAST, faults
from .listing import Listing
from .pages import ShapeName, page_for
from .parts import Sheet
from .registry import TEMPLATES, Template, TemplateName

TIGHTER = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.6, 0.52)
"""The sizes of type that are tried, as shares of the page's scale."""

_LINES = (3, 2)
"""Where not even the smallest will do: the lines that long texts are then cut to."""


def draw_template(
    renderer: Drawer,
    template: TemplateName | Template,
    listing: Listing,
    brand: Brand,
    shape: ShapeName,
    images: Mapping[str, PictureSource],
    output: Output | None = None,
) -> bytes:
    """Draw a template and write it.

    Args:
        renderer: Measures and draws.
        template: Its name, or a function of one's own.
        listing: What it says.
        brand: How it looks.
        shape: Of the picture.
        images: Photos, portrait and logos, by the keys that listing and brand use.
        output: How it is written; None is a JPEG of quality 90.

    Returns:
        The file's bytes.

    Raises:
        InputMissing: The template needs what the listing lacks.
        TextDoesNotFit: A text stands outside its place even at the smallest size.
        RenderError: As of the renderer.
    """
    tree = template_tree(renderer, template, listing, brand, shape, images)
    return renderer.render(tree, page_for(shape).size, images=images, output=output)


def template_tree(
    renderer: Drawer,
    template: TemplateName | Template,
    listing: Listing,
    brand: Brand,
    shape: ShapeName,
    images: Mapping[str, PictureSource],
) -> Box:
    """Return the tree of a template, set as large as it stands well: see `draw_template`."""
    draw = template if callable(template) else TEMPLATES[template]
    return settled(renderer, draw, Sheet.for_page(listing, brand, page_for(shape)), images)


def settled(
    renderer: Drawer, template: Callable[[Sheet], Box], sheet: Sheet, images: Mapping[str, PictureSource]
) -> Box:
    """Return the first tree, from the largest type to the smallest, in which everything stands well.

    A photo that stays too small is taken as it is rather than refused, or the text cut.

    Raises:
        TextDoesNotFit: There is none.
    """
    refused: TextDoesNotFit | None = None
    for trials in (
        _ever_tighter(sheet, TIGHTER),
        *(_ever_tighter(sheet.terser(most), TIGHTER[2::2]) for most in _LINES),
    ):
        spare: Box | None = None
        for trial in trials:
            tree = template(trial)
            try:
                layout = renderer.measure(tree, sheet.page.size, images=images)
            except TextDoesNotFit as error:
                refused = error
                continue
            found = list(faults(layout, sheet.page, photo_share=PHOTO_SHARE))
            if not found:
                return tree
            refused = found[0].refusal
            if spare is None and not list(faults(layout, sheet.page, photo_share=PHOTO_SHARE_AT_LEAST)):
                spare = tree
        if spare is not None:
            return spare
    assert refused is not None  # noqa: S101 - nothing was returned, so something was refused
    raise refused


def _ever_tighter(sheet: Sheet, shares: Sequence[float]) -> Iterator[Sheet]:
    return (sheet.tighter(share) for share in shares)
