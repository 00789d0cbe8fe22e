"""From our nodes to the plain dictionaries that takumi reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from postengine.render.image.tree import Node, Outline, Picture, Shape, Style, Text


class TextSetting(NamedTuple):
    """What a text is set in: families as CSS lists them, the language that shapes it, places on font axes."""

    families: str
    lang: str | None
    variations: str | None


def translated(node: Node, setting: Callable[[Text], TextSetting]) -> dict[str, Any]:
    """Return what takumi draws for `node`; `setting` says what a text is set in."""
    if (
        node.style.display == "none"
    ):  # takumi would lay out and load what is not to be seen, and may fail on it
        return {"type": "container", "style": {"display": "none"}, "children": []}
    style = _style(node.style)
    if isinstance(node, Text):
        if _is_nothing(node):  # takumi drops empty texts, and with them a place among the siblings
            return {"type": "container", "style": style, "children": []}
        chosen = setting(node)
        style["fontFamily"] = chosen.families
        style.setdefault("fontSynthesis", "none")  # a bold or slanted form that a font lacks is not made up
        if chosen.variations and "fontVariationSettings" not in style:
            style["fontVariationSettings"] = chosen.variations
        return {"type": "text", "text": node.text, "style": style} | _given(lang=chosen.lang)
    if isinstance(node, Picture):
        return {"type": "image", "src": node.source, "style": style}
    if isinstance(node, Shape):
        return {"type": "image", "src": shape_name(node), "style": {"objectFit": "contain"} | style}
    children = [translated(child, setting) for child in node.children]
    return {"type": "container", "style": {"display": "flex"} | style, "children": children}


def _is_nothing(text: Text) -> bool:
    """Whether a text is empty, or white space that is folded away."""
    return not (text.text if text.style.white_space in {"pre", "pre-wrap"} else text.text.strip(" \t\n\r\f"))


def whole_canvas(root: dict[str, Any]) -> dict[str, Any]:
    """Return the root as wide and high as the canvas, unless it says itself how large it is."""
    return root | {"style": {"width": "100%", "height": "100%"} | root["style"]}


def shape_name(shape: Shape) -> str:
    """Return the name under which takumi finds a shape: its own drawing, so that equal ones are one."""
    return f"shape:{hash(shape):x}"


def shape_svg(shape: Shape) -> bytes:
    """Return a shape as SVG."""
    width, height = shape.view
    paths = "".join(_path(outline) for outline in shape.outlines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" fill="none">{paths}</svg>'
    ).encode()


def _path(outline: Outline) -> str:
    attributes: Mapping[str, object] = _given(
        d=outline.d,
        fill=outline.fill,
        stroke=outline.stroke,
        stroke_width=f"{outline.stroke_width:g}" if outline.stroke else None,
        stroke_linecap="round" if outline.round_ends else None,
        stroke_linejoin="round" if outline.round_ends else None,
        stroke_dasharray=" ".join(f"{dash:g}" for dash in outline.dashes) or None,
    )
    written = " ".join(f"{name.replace('_', '-')}={quoteattr(str(it))}" for name, it in attributes.items())
    return f"<path {written}/>"


def _style(style: Style) -> dict[str, Any]:
    named = style.model_dump(by_alias=True, exclude_none=True, warnings=False)
    if style.object_fit == "blur-fill":
        # A photo is as large as its place by now; a drawing has nothing to blur.
        named["objectFit"] = "contain"
    if style.box_shadow is not None:
        named["boxShadow"] = ", ".join(reversed(_LISTED.split(style.box_shadow)))
    return named


_LISTED = re.compile(r",\s*(?![^(]*\))")
"""Between the shadows of a list. CSS puts the first on top, takumi the last."""


def _given(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
