"""How large a tree may be, and how far its relative sizes may add up."""

from __future__ import annotations

from postengine.render.errors import StyleInvalid

from .data import items, member
from .nodes import Box, Node, Text
from .style import Style
from .values import LARGEST_FONT_PX, growth, magnification, tiles_px
from .walk import ROOT

MOST_NODES = 2_000
MOST_LEVELS = 100
MOST_CHARACTERS = 100_000
"""Of all texts together."""

_LARGEST_SCALE = 1_000
_LARGEST_SHARE = 16
_SMALL_PX = 1_000_000
"""So many pixels cost little, on however small a picture."""

_LARGEST_PX = 64_000_000
"""More than so many the engine does not draw, unless all of the picture is as large."""
_ROOT_FONT_PX = 16.0


def check_data(data: object) -> None:
    """Check plain data before it is made a tree, so that no depth of it can hurt.

    Raises:
        StyleInvalid: It has too many nodes, or too many levels of them.
    """
    waiting: list[tuple[str, object, int]] = [(ROOT, data, 1)]
    count = 0
    while waiting:
        path, node, level = waiting.pop()
        count += 1
        _check_size(path, count, level)
        children = items(member(node, "children"))
        if count + len(waiting) + len(children) > MOST_NODES:
            _check_size(path, MOST_NODES + 1, level)
        waiting.extend((f"{path}.children[{at}]", child, level + 1) for at, child in enumerate(children))


def check(root: Box) -> None:
    """Check what no node can know alone: how many there are, how deep, and what they add up to.

    Raises:
        StyleInvalid: With the path where it became too much.
    """
    waiting: list[tuple[str, Node, int, float, float]] = [(ROOT, root, 1, _ROOT_FONT_PX, 1.0)]
    count, characters = 0, 0
    while waiting:
        path, node, level, font_px, scale = waiting.pop()
        count += 1
        _check_size(path, count, level)
        font_px, scale = _grown(path, node.style, font_px, scale)
        if isinstance(node, Text):
            characters += len(node.text)
            if characters > MOST_CHARACTERS:
                raise _too_much(
                    f"{path}.text", f"at most {MOST_CHARACTERS:,} characters in all texts together"
                )
        if isinstance(node, Box):
            waiting.extend(
                (f"{path}.children[{at}]", child, level + 1, font_px, scale)
                for at, child in reversed(list(enumerate(node.children)))
            )


def check_extent(path: str, width_px: float, height_px: float, *, canvas_px: float) -> None:
    """Check a box that has been laid out: what is painted on it costs time and memory for each of its pixels.

    Args:
        path: Of its node.
        width_px: As it was laid out.
        height_px: As it was laid out.
        canvas_px: The whole picture's area.

    Raises:
        StyleInvalid: It is more than sixteen times as large as the picture.
    """
    if width_px * height_px > _most_px(canvas_px):
        raise _too_much(f"{path}.style", f"boxes of at most {_LARGEST_SHARE} times the picture's area")


def check_grounds(path: str, style: Style, width_px: float, height_px: float, *, canvas_px: float) -> None:
    """Check how large the pictures on a box will be, once it has been laid out: they are made, and then cut.

    Args:
        path: Of its node.
        style: Of its node.
        width_px: As it was laid out.
        height_px: As it was laid out.
        canvas_px: The whole picture's area.

    Raises:
        StyleInvalid: They have more than sixteen times as many pixels as the picture.
    """
    grounds = {
        "background": style.background,
        "backgroundSize": style.background_size,
        "mask": style.mask,
        "maskSize": style.mask_size,
    }
    for name, css in grounds.items():
        if css is None:
            continue
        is_shorthand = not name.endswith("Size")
        if tiles_px(css, width_px, height_px, is_shorthand=is_shorthand) > _most_px(canvas_px):
            wanted = f"pictures of at most {_LARGEST_SHARE} times the whole picture's area"
            raise _too_much(f"{path}.style.{name}", wanted)


def _most_px(canvas_px: float) -> float:
    return min(max(_LARGEST_SHARE * canvas_px, _SMALL_PX), max(canvas_px, _LARGEST_PX))


def _check_size(path: str, count: int, level: int) -> None:
    if level > MOST_LEVELS:
        # The whole path would be a page long; its beginning shows the way.
        raise _too_much(f"{path[:120]}…", f"at most {MOST_LEVELS} levels of nodes")
    if count > MOST_NODES:
        raise _too_much(path, f"at most {MOST_NODES:,} nodes")


def _grown(path: str, style: Style, font_px: float, scale: float) -> tuple[float, float]:
    if style.font_size is not None:
        font_px = growth(style.font_size, font_px)
        if font_px > LARGEST_FONT_PX:
            raise _too_much(f"{path}.style.fontSize", f"letters of at most {LARGEST_FONT_PX:,} px")
    if style.transform is not None or style.scale is not None:
        scale *= magnification(style.transform, style.scale)
        if scale > _LARGEST_SCALE:
            raise _too_much(
                f"{path}.style", f"nodes enlarged at most {_LARGEST_SCALE:,} times, with those around"
            )
    return font_px, scale


def _too_much(path: str, wanted: str) -> StyleInvalid:
    return StyleInvalid.one(path, f"Expected {wanted}, got more; make the tree smaller.")
