"""Going through a tree, however deep, without recursion."""

from __future__ import annotations

from collections.abc import Iterator

from .nodes import Box, Node, Picture
from .style import Style
from .values import named_in

ROOT = "root"
_PICTURED = frozenset({"background", "background_image", "mask", "mask_image"})


def walk(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield every node with its path, a box before its children: `("root.children[2]", …)`."""
    waiting: list[tuple[str, Node]] = [(ROOT, root)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        if isinstance(node, Box):
            waiting.extend(
                (f"{path}.children[{index}]", child)
                for index, child in reversed(list(enumerate(node.children)))
            )


def nodes(root: Node) -> Iterator[Node]:
    """Yield every node, a box before its children, in document order."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Box):
            waiting.extend(reversed(node.children))


def says(style: Style, names: frozenset[str]) -> bool:
    """Whether a style says anything of `names`; few fields of its two hundred are ever set."""
    return any(getattr(style, name) is not None for name in style.model_fields_set & names)


def sources(node: Node) -> tuple[str, ...]:
    """Return what pictures a node itself draws: names under which they are handed over, and data URIs.

    Its own source comes first, then those of its style's grounds and masks.
    """
    own = (node.source,) if isinstance(node, Picture) else ()
    return own + style_sources(node.style)


def style_sources(style: Style) -> tuple[str, ...]:
    """Return what pictures the grounds and masks of a style draw."""
    if not says(style, _PICTURED):
        return ()
    texts = (style.background, style.background_image, style.mask, style.mask_image)
    return tuple(name for text in texts if text for name in named_in(text))
