"""What takumi panics on though it means something plain, changed so that it draws it."""

from __future__ import annotations

from postengine.render.image.tree import Box, Style, walk

from .trials import IsWell, styled, without_culprits

_UPRIGHT = {"margin_top": 0, "margin_bottom": 0}


def without_pulling(root: Box, is_well: IsWell) -> Box:
    """Return the tree without margins that leave a box in a line less than no height.

    Such a box has its place on the line all the same; it is the line that is not made higher by it.
    """
    others = {path: styled(node, _UPRIGHT) for path, node in walk(root) if _may_pull(node.style)}
    return without_culprits(root, others, is_well)


def without_lost_backdrops(root: Box, is_well: IsWell) -> Box:
    """Return the tree without filters of backdrops that takumi looks for beside their layer.

    An opacity, filter or blend around such a filter makes a layer, where takumi finds its place only if the
    layer reaches as far; a backdrop is what lies behind in the same layer, which mostly is nothing.
    """
    others = {
        path: styled(node, {"backdrop_filter": None})
        for path, node in walk(root)
        if node.style.backdrop_filter is not None
    }
    return without_culprits(root, others, is_well)


def _may_pull(style: Style) -> bool:
    return any("-" in str(margin) for margin in (style.margin, style.margin_top, style.margin_bottom))
