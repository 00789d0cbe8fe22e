"""From a Satori element tree to ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postengine.render.image.fonts import FontFace
from postengine.render.image.tree import Box

from .cascade import Surroundings
from .elements import Reader
from .losses import Loss, Losses
from .metrics import FontMetrics
from .replaced import PictureMaker
from .styles import StyleMaker
from .texts import TextMaker
from .walk import Walk


@dataclass(frozen=True)
class Converted:
    """A Satori tree in our terms.

    Attributes:
        tree: What to render.
        losses: What could not be carried over; the picture is drawn without it.
    """

    tree: Box
    losses: tuple[Loss, ...] = ()


def from_satori(
    element: object,
    *,
    width: float | None = None,
    height: float | None = None,
    images: Mapping[str, bytes] | None = None,
    fonts: Iterable[FontFace] = (),
    graphemes: Mapping[str, str] | None = None,
    exact: bool = False,
) -> Converted:
    """Convert an element tree that Satori draws into a tree of ours.

    Args:
        element: Plain JSON: `{"type": "div", "props": {"style": {...}, "children": [...]}}`, with components
            already expanded.
        width: Of the picture in pixels; without it the picture is as wide as what it holds.
        height: The same for the other side.
        images: Bytes of the pictures that the tree names by URL. Hand the same to the renderer.
        fonts: Those that Satori was given, in its order: with them lines are as high as Satori's, and
            families that are not among them become the first of them. Hand the same to the engine.
        graphemes: URL or data URI of the picture that is drawn in place of a character (`graphemeImages`).
        exact: Put every word of a paragraph and every letter where Satori does, down to fractions of a pixel.
            The tree is larger and takes longer to draw.

    Raises:
        SatoriInvalid: The element tree is malformed; with the path of the problem.
        FontUnreadable: One of the fonts is none.
    """
    losses = Losses()
    root = Reader(losses).root(element)
    styles = StyleMaker(losses, images or {})
    pictures = PictureMaker(styles)
    walk = Walk(styles, pictures, TextMaker(styles, pictures, FontMetrics(fonts), graphemes or {}, exact))
    canvas = {
        "display": "flex",
        "flexWrap": "wrap",
        "alignItems": "flex-start",
        "alignContent": "flex-start",
        "overflow": "hidden",
        "width": width,
        "height": height,
    }
    children = tuple(walk.root(root, Surroundings(width, height, room=width)))
    return Converted(Box(style=styles.made(canvas, "root"), children=children), tuple(losses.found))
