"""Trees drawn and measured with the pictures that they name, and no others."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from postengine.render.errors import NodeRefused, PictureMissing, StyleInvalid
from postengine.render.image.draw import RgbaPixels
from postengine.render.image.geometry import Size
from postengine.render.image.layout import Layout
from postengine.render.image.sources import sources_of
from postengine.render.image.tree import Box

from .stage import Stage


def drawn(tree: Box, place: str, size: Size, stage: Stage) -> RgbaPixels:
    """Return a tree's pixels.

    Args:
        tree: What is drawn.
        place: Of it in the spec, such as `layers[1].tree`, or of what it was made from.
        size: Of the canvas.
        stage: Who draws.

    Raises:
        PictureMissing: It names a picture that was not handed over.
        RenderError: It cannot be drawn; a path leads there from the spec.
    """
    with _told_from_the_spec(place):
        return stage.drawer.pixels(tree, size, images=_own(tree, stage))


def laid_out(tree: Box, place: str, size: Size, stage: Stage) -> Layout:
    """Return where everything in a tree stands; all else is as of `drawn`."""
    with _told_from_the_spec(place):
        return stage.drawer.measure(tree, size, images=_own(tree, stage))


@contextmanager
def _told_from_the_spec(place: str) -> Generator[None]:
    def moved(path: str | None) -> str:
        return place + (path or "root").removeprefix("root") if place.endswith(".tree") else place

    try:
        yield
    except NodeRefused as error:
        error.path = moved(error.path)
        raise
    except StyleInvalid as error:
        raise StyleInvalid(tuple((moved(path), message) for path, message in error.problems)) from error


def _own(tree: Box, stage: Stage) -> Mapping[str, Path]:
    names = [name for name in sources_of(tree) if name[:5].lower() != "data:"]
    for name in names:
        if name not in stage.pictures:
            raise PictureMissing(name)
    return {name: stage.pictures[name] for name in names}
