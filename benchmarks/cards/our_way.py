"""The card as postengine draws it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from postengine.render import (
    Agent,
    Area,
    Brand,
    IsolatedRenderer,
    Listing,
    Money,
    Output,
    Renderer,
    ShapeName,
    page_for,
)
from postengine.render.image import Box, Job, PhotoCache, Size
from postengine.render.templates.draw import template_tree

LISTING = Listing(
    title="3 bedroom apartment by the harbour",
    price=Money(amount=Decimal(485000), currency="EUR"),
    address="Hafenstraße 12, Hamburg",
    bedrooms=3,
    bathrooms=2,
    area=Area(value=112),
    agent=Agent(name="Anna Petersen", phone="+49 40 123 45 67"),
    photos=("photo",),
    focus=(0.5, 0.5),
)
BRAND = Brand(name="Petersen & Co")


class Cards:
    """Draws the card again and again, as a service's worker does.

    Args:
        renderer: Draws; None makes one.
    """

    def __init__(self, renderer: Renderer | IsolatedRenderer | None = None) -> None:
        self._renderer = renderer or without_cache()

    def draw(self, photo: bytes | Path, output: Output, *, title: str = LISTING.title) -> bytes:
        """Draw the portrait card."""
        return self.draw_all(photo, ("portrait",), output, title=title)[0]

    def draw_all(
        self,
        photo: bytes | Path,
        shapes: tuple[ShapeName, ...],
        output: Output,
        *,
        title: str = LISTING.title,
    ) -> list[bytes]:
        """Draw the card in several shapes of one photo."""
        jobs = [Job(self._tree(shape, photo, title), size_of(shape), output) for shape in shapes]
        return self._renderer.render_all(jobs, images={"photo": photo})

    def _tree(self, shape: ShapeName, photo: bytes | Path, title: str) -> Box:
        listing = LISTING.model_copy(update={"title": title})
        return template_tree(self._renderer, "just_listed", listing, BRAND, shape, {"photo": photo})


def without_cache() -> Renderer:
    """Return a renderer that keeps no photos: a benchmark never shows one twice."""
    return Renderer(photos=PhotoCache(max_bytes=1))


def size_of(shape: ShapeName) -> Size:
    """Return a shape's pixels."""
    return page_for(shape).size
