"""How a described reel is watched: what stands on the screen at a moment, put together as one picture."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from postengine.render import Renderer
from postengine.render.image.geometry import Region
from postengine.render.image.renderer import PictureSource
from postengine.render.image.tree import Box, Node, Picture, Style
from postengine.render.templates.pages import Page
from postengine.render.templates.reels.tempo import words_in
from postengine.render.video.plan import timing_of
from postengine.render.video.spec import CardScene, Layer, VideoSpec
from tests.unit.render.templates.looking import Seen

_STANDING = frozenset({"foot", "author", "head"})
_UNREAD = ("legal", "mark")


def rests(layer: Layer) -> tuple[float, float]:
    """Return from when to when a layer stands still."""
    assert layer.ends_s is not None
    enters = 0.0 if layer.enters.kind == "none" else layer.enters.seconds
    return layer.starts_s + enters, layer.ends_s - layer.leaves.seconds


def moments(spec: VideoSpec) -> list[float]:
    """Return an instant at which each group of layers is complete."""
    return sorted({round(rests(layer)[1] - 0.02, 3) for layer in spec.layers})


def shown_at(spec: VideoSpec, at_s: float) -> list[Layer]:
    """Return the layers that are there, wholly or in part."""
    return [layer for layer in spec.layers if layer.starts_s <= at_s < (layer.ends_s or 1e9)]


def card_at(spec: VideoSpec, at_s: float, clips: Mapping[int, float] | None = None) -> CardScene | None:
    """Return the card on the screen at a moment, None if it is a photo or a clip."""
    timing = timing_of(spec, clips or {})
    frame = round(at_s * spec.fps)
    scene = [timed.scene for timed in timing.scenes if timed.span.holds(frame)][-1]
    return scene if isinstance(scene, CardScene) else None


def screen(
    renderer: Renderer,
    spec: VideoSpec,
    page: Page,
    at_s: float,
    images: Mapping[str, PictureSource],
    photo: str = "p1",
) -> Seen:
    """Return what is seen at a moment, over a photo of one's choice where it is one.

    Strokes are left away: they lie on figures, and are no ground of theirs.
    """
    card = card_at(spec, at_s)
    beneath: Node = _photo(spec, photo) if card is None else _laid(card.tree, page)
    layers = [_laid(layer.tree, page) for layer in shown_at(spec, at_s) if layer.key != "stroke"]
    tree = Box(
        children=(beneath, *layers),
        style=Style(position="relative", width=spec.width, height=spec.height),
    )
    return Seen(tree, page, renderer.measure(tree, page.size, images=images))


def read_s(renderer: Renderer, layer: Layer, page: Page, images: Mapping[str, PictureSource]) -> float:
    """Return how long a layer must rest to be read; 0 for what stands all the while."""
    if layer.key in _STANDING:
        return 0.0
    texts = renderer.measure(layer.tree, page.size, images=images).texts
    words = sum(words_in(text.text) for text in texts if not (text.key or "").startswith(_UNREAD))
    return max(2.0, 0.3 * words)


def crossing(
    renderer: Renderer, spec: VideoSpec, page: Page, images: Mapping[str, PictureSource]
) -> list[str]:
    """Return the texts of layers that are there together and lie on each other, at any time."""
    places = [(layer, _region(renderer, layer, page, images)) for layer in spec.layers]
    return [
        f"{one.key} on {other.key}"
        for (one, a), (other, b) in combinations(places, 2)
        if a and b and _meet(one, other) and _cross(a, b)
    ]


def _region(
    renderer: Renderer, layer: Layer, page: Page, images: Mapping[str, PictureSource]
) -> list[Region]:
    texts = renderer.measure(layer.tree, page.size, images=images).texts
    return [text.region for text in texts if text.key != "mark"]


def _meet(one: Layer, other: Layer) -> bool:
    return one.starts_s < (other.ends_s or 1e9) and other.starts_s < (one.ends_s or 1e9)


def _cross(ones: list[Region], others: list[Region]) -> bool:
    return any(
        min(a.right, b.right) - max(a.x, b.x) > 1 and min(a.bottom, b.bottom) - max(a.y, b.y) > 1
        for a in ones
        for b in others
    )


def _photo(spec: VideoSpec, photo: str) -> Picture:
    assert spec.shade is not None
    whole = Style(
        position="absolute", left=0, top=0, width=spec.width, height=spec.height, object_fit="cover"
    )
    return Picture(source=photo, style=whole, scrims=(spec.shade,), key="photo_1")


def _laid(tree: Box, page: Page) -> Box:
    place = {
        "position": "absolute",
        "left": 0,
        "top": 0,
        "width": page.size.width,
        "height": page.size.height,
    }
    return tree.model_copy(update={"style": tree.style.model_copy(update=place)})
