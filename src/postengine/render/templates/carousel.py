"""A carousel: up to ten pictures with one look, each with its page mark; a cover, photos, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postengine.render.image.output import Output
from postengine.render.image.renderer import Drawer, PictureSource
from postengine.render.image.tree import Box

from .brand import Brand
from .designs.closing import closing
from .designs.photo_page import photo_page
from .draw import settled
from .listing import Listing
from .pages import ShapeName, page_for
from .parts import Sheet
from .registry import TEMPLATES, Template, TemplateName

MOST_PAGES = 10
"""What Instagram and Facebook take through their interfaces (2026)."""


def carousel_trees(
    renderer: Drawer,
    listing: Listing,
    brand: Brand,
    shape: ShapeName,
    images: Mapping[str, PictureSource],
    *,
    cover: TemplateName | Template = "just_listed",
) -> list[Box]:
    """Return the pages of a carousel, set as `template_tree` sets a single picture.

    Args:
        renderer: Measures.
        listing: Its first photo is the cover's; of the others up to eight have a page each, with the
            feature of the same number if there is one.
        brand: How it looks.
        shape: Of every page.
        images: Photos, portrait and logos, by the keys that listing and brand use.
        cover: The first page's template.

    Returns:
        2 to 10 trees, in their order, marked `1/5`, `2/5` and so on.

    Raises:
        InputMissing: The cover needs what the listing lacks.
        TextDoesNotFit: As of `template_tree`.
    """
    pages = list(_pages(listing, cover if callable(cover) else TEMPLATES[cover]))
    page = page_for(shape)
    trees: list[Box] = []
    for number, (template, told) in enumerate(pages, start=1):
        marked = told.model_copy(update={"page_mark": f"{number}/{len(pages)}"})
        trees.append(settled(renderer, template, Sheet.for_page(marked, brand, page), images))
    return trees


def draw_carousel(
    renderer: Drawer,
    listing: Listing,
    brand: Brand,
    shape: ShapeName,
    images: Mapping[str, PictureSource],
    output: Output | None = None,
    *,
    cover: TemplateName | Template = "just_listed",
) -> list[bytes]:
    """Draw the pages of a carousel: see `carousel_trees`."""
    trees = carousel_trees(renderer, listing, brand, shape, images, cover=cover)
    return [renderer.render(tree, page_for(shape).size, images=images, output=output) for tree in trees]


def _pages(listing: Listing, cover: Template) -> Iterator[tuple[Template, Listing]]:
    yield cover, listing
    for at, photo in enumerate(listing.photos[1 : MOST_PAGES - 1]):
        yield (
            photo_page,
            listing.model_copy(
                update={"photos": (photo,), "focus": None, "features": listing.features[at : at + 1]}
            ),
        )
    yield closing, listing.model_copy(update={"badge": None})
