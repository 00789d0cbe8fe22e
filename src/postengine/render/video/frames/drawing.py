"""Trees drawn and measured with the pictures that they name, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from postengine.render.errors import PictureMissing
from postengine.render.image.draw import RgbaPixels
from postengine.render.image.geometry import Size
from postengine.render.image.layout import Layout
from postengine.render.image.sources import sources_of
from postengine.render.image.tree import Box

from .stage import Stage


def drawn(tree: Box, size: Size, stage: Stage) -> RgbaPixels:
    """Return a tree's pixels.

    Raises:
        PictureMissing: It names a picture that was not handed over.
        RenderError: It cannot be drawn.
    """
    return stage.drawer.pixels(tree, size, images=_own(tree, stage))


def laid_out(tree: Box, size: Size, stage: Stage) -> Layout:
    """Return where everything in a tree stands.

    Raises:
        PictureMissing: It names a picture that was not handed over.
        RenderError: It cannot be laid out.
    """
    return stage.drawer.measure(tree, size, images=_own(tree, stage))


def _own(tree: Box, stage: Stage) -> Mapping[str, Path]:
    names = [name for name in sources_of(tree) if name[:5].lower() != "data:"]
    for name in names:
        if name not in stage.pictures:
            raise PictureMissing(name)
    return {name: stage.pictures[name] for name in names}
