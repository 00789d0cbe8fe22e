"""Elements as nodes, each laid out by Satori's rules, which differ from CSS's.

Every element is a flex row with border boxes. Items do not shrink, but those that hold text do, and to
nothing; lines of items keep together; no item is wider than its container if its text can be broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from postengine.render.image.tree import Box, Node, Text

from .cascade import INHERITED, Computed, Surroundings, computed
from .colours import rgba
from .elements import Element
from .replaced import PictureMaker
from .styles import StyleMaker
from .tailwind import declared
from .texts import TextMaker
from .words import room_within

_FLEX = frozenset(
    {"flex", "block", "-webkit-box", "inline", "inline-block", "inline-flex", "flow-root", "list-item"}
)
_TEXT_ONLY = frozenset({"lineClamp", "textOverflow", "webkitBoxOrient"})
"""Declarations of an element that only its texts heed."""

_PAINTED = frozenset(
    {
        "backgroundColor",
        "backgroundImage",
        "borderTopWidth",
        "borderRightWidth",
        "borderBottomWidth",
        "borderLeftWidth",
        "boxShadow",
        "filter",
        "backdropFilter",
        "maskImage",
        "backgroundClip",
        "mixBlendMode",
    }
)
"""Declarations by which an element itself is seen."""

_BREAK = re.compile(r"\S[\s-]+\S|[\u0e00-\u0eff\u2e80-\uffff]")


@dataclass(frozen=True)
class Walk:
    """Turns elements into nodes, from the root down.

    Attributes:
        styles: Makes styles.
        pictures: Makes pictures.
        texts: Makes texts.
    """

    styles: StyleMaker
    pictures: PictureMaker
    texts: TextMaker

    def root(self, element: Element, around: Surroundings) -> Iterator[Node]:
        """Yield the nodes of the root element; its margins above and below do not count in Satori."""
        yield from self._element(element, around, {"marginTop": 0, "marginBottom": 0})

    def _element(
        self, element: Element, around: Surroundings, forced: dict[str, object] | None = None
    ) -> Iterator[Node]:
        losses = self.styles.losses
        classes = declared(element.classes, around.width, element.path, losses) if element.classes else {}
        style = computed(element, classes, around, losses)
        display = style.own.get("display", "flex")
        if display == "none":
            return
        if display == "contents":
            yield from self._inside(element, style, in_column=False)
            return
        found = self._laid_out(style, element) | (forced or {})
        if element.type == "img":
            picture = self.pictures.img(element, style, found)
            if picture is not None:
                yield picture
        elif element.type == "svg":
            yield self.pictures.svg(element, style, found)
        else:
            yield self._box(element, style, found)

    def _box(self, element: Element, style: Computed, found: dict[str, object]) -> Box:
        style = _spread_opacity(found, style, element)
        style = replace(style, inner=replace(style.inner, room=room_within(found, style.inner.room)))
        in_column = str(style.own.get("flexDirection", "row")).startswith("column")
        children = tuple(self._inside(element, style, in_column=in_column))
        has_text = any(isinstance(child, str) for child in element.children)
        found = {"flexShrink": 1 if has_text else 0, "minWidth": 0, "minHeight": 0} | found
        if "width" not in found and _can_break(element):
            found.setdefault("maxWidth", "100%")
        if (
            found.get("backgroundClip") == "text"
            and children
            and all(isinstance(it, Text) for it in children)
        ):
            found["display"] = "block"  # the engine cuts a ground out of a box's own lines of text
        return Box(children=children, style=self.styles.made(found, f"{element.path}.style"))

    def _inside(self, element: Element, style: Computed, *, in_column: bool) -> Iterator[Node]:
        for child in element.children:
            if isinstance(child, Element):
                yield from self._element(child, style.inner)
            elif (node := self.texts.made(child, element, style, in_column=in_column)) is not None:
                yield node

    def _laid_out(self, style: Computed, element: Element) -> dict[str, object]:
        """Return an element's declarations as a box."""
        found = {name: it for name, it in style.own.items() if name not in INHERITED | _TEXT_ONLY}
        display = found.get("display", "flex")
        if display not in _FLEX and display != "grid":
            self.styles.losses.add(f"{element.path}.style.display", display, "laid out as flex")
        found["display"] = "grid" if display == "grid" else "flex"
        if str(found.get("flexWrap", "")).startswith("wrap"):
            found.setdefault("alignContent", "flex-start")
        return found | self.styles.ground(found)


def _spread_opacity(found: dict[str, object], style: Computed, element: Element) -> Computed:
    """Fade what an element paints and its children each on their own, as Satori does, not as a group."""
    opacity = found.get("opacity", 1.0)
    ground = rgba(str(found.get("backgroundColor")))
    if not isinstance(opacity, float) or opacity >= 1 or not element.children or ground is None:
        return style
    if any(name in _PAINTED for name in found if name != "backgroundColor"):
        return style
    del found["opacity"]
    found["backgroundColor"] = ground.faded(opacity).css()
    return replace(style, inner=replace(style.inner, opacity=style.inner.opacity * opacity))


def _can_break(element: Element) -> bool:
    """Return whether a text within has a place where it can be broken."""
    return any(
        _BREAK.search(child) is not None if isinstance(child, str) else _can_break(child)
        for child in element.children
    )
