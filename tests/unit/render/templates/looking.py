"""How a picture is looked at: what stands where, and how well each text reads on what is truly beneath it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from postengine.render import Renderer, Size
from postengine.render.image.colour import luminance
from postengine.render.image.draw.engine import Line
from postengine.render.image.geometry import Region
from postengine.render.image.layout import Layout, TextPlace
from postengine.render.image.tree import Box, Node, Text, parse_colour, walk
from postengine.render.templates.brand import Brand
from postengine.render.templates.check import Fault, faults
from postengine.render.templates.draw import template_tree
from postengine.render.templates.listing import Listing
from postengine.render.templates.pages import Page, ShapeName, page_for
from postengine.render.templates.registry import TemplateName

_WORST = 0.01
_UNSEEN = {"webkit_text_fill_color": "rgba(0, 0, 0, 0)", "text_decoration_line": None}
_ORNAMENT = "mark"


@dataclass(frozen=True)
class Seen:
    """A template on a page, measured."""

    tree: Box
    page: Page
    layout: Layout

    @property
    def words(self) -> list[TextPlace]:
        """Its texts without ornaments."""
        return [text for text in self.layout.texts if text.key != _ORNAMENT]

    def faults(self) -> list[Fault]:
        """Return what is wrong with it, but for a photo that a long text has made small."""
        return [fault for fault in faults(self.layout, self.page) if fault.kind != "photo"]

    def share_of_photo(self) -> float:
        """Return how much of the page its photos cover."""
        seen = np.zeros((self.page.size.height // 4, self.page.size.width // 4), bool)
        for key, region in self.layout.regions.items():
            if key.startswith(("photo_", "portrait")):
                seen[_quarter(region.y, region.bottom), _quarter(region.x, region.right)] = True
        return float(seen.mean())

    def tallest_hole(self) -> float:
        """Return the largest part of the page's height, between its safe edges, in which nothing stands."""
        filled = np.zeros(self.page.size.height, bool)
        shown = ("photo_", "portrait", "chart", "contact", "leaf")
        regions = [text.region for text in self.layout.texts]
        regions += [region for key, region in self.layout.regions.items() if key.startswith(shown)]
        for region in regions:
            filled[max(int(region.y), 0) : max(int(region.bottom) + 1, 0)] = True
        safe = self.page.safe
        edges = [int(safe.y), *np.flatnonzero(filled).tolist(), int(safe.bottom)]
        edges = sorted(at for at in edges if safe.y <= at <= safe.bottom)
        return max(b - a for a, b in pairwise(edges)) / self.page.size.height


def drawn_lines(renderer: Renderer, picture: Seen, text: TextPlace) -> list[Line]:
    """Return the lines of a text as they are drawn: balanced, that is in the least width that has as many.

    For scripts whose lines are told in one piece.
    """
    node = dict(walk(picture.tree))[text.path]
    assert isinstance(node, Text)
    assert isinstance(node.style.width, int | float)
    low, high = 0.0, float(node.style.width)
    lines = list(text.lines)
    while high - low > 1 and len(lines) > 1:
        middle = (low + high) / 2
        style = node.style.model_copy(update={"width": middle, "font_size": text.font_px})
        alone = Box(children=(node.model_copy(update={"text": text.text, "style": style, "fit": None}),))
        tried = renderer.measure(alone, Size(4096, 4096)).texts[0]
        if len(tried.lines) > len(lines) or tried.region.width > middle + 0.5:
            low = middle
        else:
            high, lines = middle, list(tried.lines)
    return lines


def seen(
    renderer: Renderer,
    template: TemplateName,
    listing: Listing,
    brand: Brand,
    shape: ShapeName,
    images: Mapping[str, bytes],
) -> Seen:
    """Return a template as it is drawn up."""
    page = page_for(shape)
    tree = template_tree(renderer, template, listing, brand, shape, images)
    return Seen(tree, page, renderer.measure(tree, page.size, images=images))


def worst_contrast(renderer: Renderer, seen: Seen, images: Mapping[str, bytes]) -> tuple[float, str]:
    """Return the least contrast of any text against the picture beneath it, and that text.

    The picture is drawn whole but for its letters: scrims, labels and bands are there. Of a text's pixels the
    worst hundredth is left out: specks between letters.
    """
    beneath = renderer.pixels(_without_letters(seen.tree), seen.page.size, images=images)
    found = [(_contrast(text, beneath), text.text) for text in seen.words]
    return min(found)


def _contrast(text: TextPlace, beneath: NDArray[np.uint8]) -> float:
    parts = [_cut(line.region, text.region, beneath) for line in text.lines]
    pixels = np.concatenate(parts)[:, :3].astype(np.float64)
    red, green, blue, alpha = parse_colour(text.colour) or (0, 0, 0, 1.0)
    letters = pixels + (np.array([red, green, blue]) - pixels) * alpha
    one, other = luminance(pixels) + 0.05, luminance(letters) + 0.05
    return float(np.quantile(np.maximum(one / other, other / one), _WORST))


def _cut(line: Region, text: Region, beneath: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows = slice(max(int(line.y), int(text.y), 0), max(int(min(line.bottom, text.bottom)), 1))
    return beneath[rows, max(int(line.x), 0) : int(line.right)].reshape(-1, 4)


def _without_letters(box: Box) -> Box:
    return box.model_copy(update={"children": tuple(_blank(child) for child in box.children)})


def _blank(node: Node) -> Node:
    if isinstance(node, Box):
        return _without_letters(node)
    if isinstance(node, Text):
        return node.model_copy(update={"style": node.style.model_copy(update=_UNSEEN)})
    return node


def _quarter(start: float, end: float) -> slice:
    return slice(max(round(start / 4), 0), max(round(end / 4), 0))
