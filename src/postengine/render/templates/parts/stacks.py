"""Boxes that put their children in a column or a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postengine.render.image.tree import Box, Node, Style


def column(children: Iterable[Node | None], *, gap: float = 0, key: str | None = None, **style: Any) -> Box:  # noqa: ANN401 - any style
    """Return a column; children that are None leave no gap."""
    return _stack("column", children, gap, key, {"align_items": "flex-start"} | style)


def row(children: Iterable[Node | None], *, gap: float = 0, key: str | None = None, **style: Any) -> Box:  # noqa: ANN401 - any style
    """Return a row; children that are None leave no gap."""
    return _stack("row", children, gap, key, {"align_items": "center"} | style)


def spacer(width: float = 0, height: float = 0) -> Box:
    """Return an empty box."""
    return Box(style=Style(width=width, height=height, flex_shrink=0))


def room(children: Iterable[Node | None], *, key: str | None = None, **style: Any) -> Box:  # noqa: ANN401 - any style
    """Return a box that takes all the room that its neighbours leave; what reaches out of it is cut off."""
    return _stack(
        "row",
        children,
        0,
        key,
        {
            "position": "relative",
            "flex_grow": 1,
            "flex_shrink": 1,
            "flex_basis": 0,
            "min_width": 0,
            "min_height": 0,
            "align_self": "stretch",
            "overflow": "hidden",
        }
        | style,
    )


def _stack(
    direction: str, children: Iterable[Node | None], gap: float, key: str | None, style: dict[str, Any]
) -> Box:
    present = tuple(child for child in children if child is not None)
    values = {"flex_direction": direction, "gap": gap or None, "flex_shrink": 0} | style
    return Box(children=present, style=Style.model_validate(values), key=key)
