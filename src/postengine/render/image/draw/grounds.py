"""Drawings that a ground or mask shows larger than takumi can draw one: it gets their pixels instead.

It draws an SVG as large as its tile, up to 67 million pixels, however little of that is seen. Of pixels it
takes the part that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from postengine.render.image.tree import Box, Node, style_sources, walk

from .trials import IsWell, replaced, styled

_PLACES = ("background", "background_image", "mask", "mask_image")


def with_pixels(root: Box, _is_well: IsWell, pixels: Callable[[str], str], drawings: Collection[str]) -> Box:
    """Return the tree with pixels in place of every drawing that a ground or mask shows.

    Args:
        root: The tree.
        pixels: Returns a data URI of a drawing's pixels; it takes a name or a data URI.
        drawings: The names of pictures that are SVG.
    """
    others: dict[str, Node] = {}
    for path, node in walk(root):
        found = {name: pixels(name) for name in style_sources(node.style) if is_svg(name, drawings)}
        given = {place: getattr(node.style, place) for place in _PLACES}
        if found:
            others[path] = styled(node, {place: _renamed(css, found) for place, css in given.items() if css})
    return replaced(root, others)


def _renamed(css: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        css = re.sub(rf"(?i:url)\(\s*([\"']?){re.escape(old)}\1\s*\)", f'url("{new}")', css)
    return css


def is_svg(name: str, drawings: Collection[str]) -> bool:
    """Whether a picture's name, or its data URI, stands for an SVG."""
    return name in drawings or name[:14].lower() == "data:image/svg"
