"""Going through a tree, however deep, without recursion."""

from __future__ import annotations

from collections.abc import Iterator

from .nodes import Box, Node, Picture
from .values import named_in

ROOT = "root"


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


def sources(node: Node) -> tuple[str, ...]:
    """Return what pictures a node itself draws: names under which they are handed over, and data URIs.

    Its own source comes first, then those of its style's grounds and masks.
    """
    style = node.style
    texts = (style.background, style.background_image, style.mask, style.mask_image)
    own = (node.source,) if isinstance(node, Picture) else ()
    return own + tuple(name for text in texts if text for name in named_in(text))
