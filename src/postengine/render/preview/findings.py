"""What an eye could miss in a picture: its faintest and smallest text, what is shortened or left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from postengine.render.image.colour import luminance
from postengine.render.image.draw.engine import RgbaPixels
from postengine.render.image.geometry import Region
from postengine.render.image.layout import Layout, TextPlace
from postengine.render.image.tree import Box, Node, Text, parse_colour, walk
from postengine.render.templates.check import PHOTO_SHARE_AT_LEAST, faults
from postengine.render.templates.pages import PHONE_PT, Page

READABLE = 4.5
_SHARE_OF_PIXELS = 0.995
_SAMPLES = 4000
_SHOWN = 60
_ELLIPSIS = "…"
_FINE = ("legal", "licence")
"""How the keys of texts begin that may be as small as legal lines."""


@dataclass(frozen=True)
class Measured:
    """A text with what was measured of it.

    Attributes:
        name: Its key, else its path.
        value: The contrast, or the size in points.
    """

    name: str
    value: float


@dataclass(frozen=True)
class Findings:
    """What was found in one picture.

    Attributes:
        faintest: The text with the least contrast against what is beneath it; None where there is no text.
        smallest: The text with the smallest letters, in points on a phone.
        warnings: What the author should look at, one line each.
    """

    faintest: Measured | None
    smallest: Measured | None
    warnings: tuple[str, ...]


def findings_in(
    tree: Box, page: Page, layout: Layout, beneath: RgbaPixels, legal: tuple[str, ...]
) -> Findings:
    """Look through one picture.

    Args:
        tree: As it was drawn.
        page: Its shape.
        layout: Where its texts stand, their sizes in pixels.
        beneath: The same picture without its texts.
        legal: Lines that must stand on it.
    """
    contrasts = [Measured(_name(text), ratio) for text in layout.texts for ratio in _contrast(text, beneath)]
    sizes = [Measured(_name(text), _points(text, page)) for text in layout.texts if text.lines]
    faintest = min(contrasts, key=lambda one: one.value, default=None)
    smallest = min(sizes, key=lambda one: one.value, default=None)
    warnings = (
        *_faint(contrasts),
        *_small(layout, page),
        *_shortened(tree, layout),
        *_misplaced(layout, page),
    )
    return Findings(faintest, smallest, (*warnings, *_missing_legal(layout, legal)))


def without_texts(tree: Box) -> Box:
    """Return the tree with its texts invisible but in their places, so that scrims stay as strong."""
    return tree.model_copy(update={"children": tuple(_hidden(child) for child in tree.children)})


def _hidden(node: Node) -> Node:
    if isinstance(node, Box):
        return without_texts(node)
    if isinstance(node, Text):
        return node.model_copy(update={"style": node.style.model_copy(update={"visibility": "hidden"})})
    return node


def _contrast(text: TextPlace, beneath: RgbaPixels) -> Iterator[float]:
    """Yield the contrast of a text whose colour can be told: what 199 of 200 pixels beneath it reach."""
    colour = parse_colour(text.colour)
    samples = [cut for line in text.lines for cut in (_cut(beneath, line.region),) if len(cut)]
    if colour is None or not samples:
        return
    ground = np.concatenate(samples)
    letters = ground + (np.array(colour[:3], np.float64) - ground) * colour.alpha
    below, above = luminance(ground) + 0.05, luminance(letters) + 0.05
    yield float(np.quantile(np.maximum(below / above, above / below), 1 - _SHARE_OF_PIXELS))


def _cut(pixels: RgbaPixels, region: Region) -> NDArray[np.float64]:
    rows = slice(max(int(region.y), 0), max(int(region.bottom) + 1, 0))
    columns = slice(max(int(region.x), 0), max(int(region.right) + 1, 0))
    cut = pixels[rows, columns, :3]
    step = max(int((cut.shape[0] * cut.shape[1] / _SAMPLES) ** 0.5), 1)
    return cut[::step, ::step].reshape(-1, 3).astype(np.float64)


def _faint(contrasts: list[Measured]) -> Iterator[str]:
    for one in contrasts:
        if one.value < READABLE:
            yield f"{one.name}: contrast {one.value:.1f}, and {READABLE:g} is what reading takes"


def _small(layout: Layout, page: Page) -> Iterator[str]:
    for text in layout.texts:
        least = page.least_fine if (text.key or "").startswith(_FINE) else page.least
        if float(text.font_px) < least:
            points, pixels = _points(text, page), float(text.font_px)
            yield f"{_name(text)}: {points:.1f} pt on a phone ({pixels:.0f} px); {least} px can be read"


def _points(text: TextPlace, page: Page) -> float:
    return float(text.font_px) * PHONE_PT / page.size.width


def _shortened(tree: Box, layout: Layout) -> Iterator[str]:
    written = {path: node.text for path, node in walk(tree) if isinstance(node, Text)}
    for text in layout.texts:
        whole = " ".join(written.get(text.path, "").split())
        if text.text.endswith(_ELLIPSIS) and text.text != whole and len(text.text) <= len(whole):
            yield f"{_name(text)}: shortened to {_cut_short(text.text)!r}"


def _misplaced(layout: Layout, page: Page) -> Iterator[str]:
    kinds = {
        "outside": "stands outside the page's safe area",
        "overlap": "stands on another text",
        "photo": "the photo has too little of the page",
    }
    for fault in faults(layout, page, photo_share=PHOTO_SHARE_AT_LEAST):
        yield f"{_cut_short(fault.text)!r} {kinds[fault.kind]}" if fault.text else kinds[fault.kind]


def _missing_legal(layout: Layout, legal: tuple[str, ...]) -> Iterator[str]:
    said = " ".join(text.text for text in layout.texts)
    for line in legal:
        if " ".join(line.split()) not in said:
            yield f"the brand's legal line {line!r} does not stand on it"


def _name(text: TextPlace) -> str:
    return text.key or text.path


def _cut_short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
