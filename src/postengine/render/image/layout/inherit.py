"""Text styles are inherited in CSS; here they are written into the texts themselves."""

from __future__ import annotations

import re
from typing import Any

from postengine.render.errors import NodeRefused
from postengine.render.image.fonts import SANS, FontSet
from postengine.render.image.tree import ROOT, Box, Node, Style, Text

from .phrases import has_phrases, with_breaks

_INHERITED = frozenset(
    {
        "color",
        "direction",
        "font_family",
        "font_feature_settings",
        "font_size",
        "font_stretch",
        "font_style",
        "font_variation_settings",
        "font_weight",
        "letter_spacing",
        "line_height",
        "overflow_wrap",
        "tab_size",
        "text_align",
        "text_indent",
        "text_shadow",
        "text_transform",
        "text_wrap",
        "visibility",
        "webkit_text_fill_color",
        "webkit_text_stroke",
        "webkit_text_stroke_color",
        "webkit_text_stroke_width",
        "white_space",
        "word_break",
        "word_spacing",
    }
)
_LENGTHS = {
    "letter_spacing": frozenset({"em"}),
    "word_spacing": frozenset({"em"}),
    "text_indent": frozenset({"em"}),
    "line_height": frozenset({"em", "%"}),
}
"""What is counted in the letters of the node that says it, and inherited as that length."""

_STICKY = frozenset("\u00a0\u202f")
_FOLDED = re.compile(r"[ \t\n\r\f]+")  # spaces that do not break stay what they are
_ROOT_PX = 16.0
_NAMED_PX = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
    "xxx-large": 48.0,
}
"""Source: CSS Fonts 4 (W3C), section 2.5, at a medium of 16 px."""

_STEPS = {"larger": "1.2em", "smaller": "0.8333em"}
_RELATIVE = re.compile(r"(-?\d*\.?\d+)(px|em|rem|%)")


def with_text_styles(root: Box, fonts: FontSet) -> Box:
    """Return the tree with every text carrying the whole style that it is set in, and only what can be drawn.

    Ornaments that no font has are left out; letters that no font has stay, and are an error later.
    """
    default = SANS if SANS in fonts.families else fonts.families[0]
    return _box(root, ROOT, {"font_size": _ROOT_PX, "font_family": default}, fonts)


def folded(text: str) -> str:
    """Return a text with its white space as CSS folds it."""
    return _FOLDED.sub(" ", text).strip(" ")


def _box(box: Box, path: str, above: dict[str, Any], fonts: FontSet) -> Box:
    style = _passed_on(_merged(above, box.style), box.style)
    children = tuple(
        _node(child, f"{path}.children[{at}]", style, fonts) for at, child in enumerate(box.children)
    )
    return box.model_copy(update={"children": children})


def _node(node: Node, path: str, above: dict[str, Any], fonts: FontSet) -> Node:
    if isinstance(node, Box):
        return _box(node, path, above, fonts)
    if isinstance(node, Text):
        style = node.style.model_copy(update=_merged(above, node.style))
        try:
            text = fonts.drawable(node.text, style.font_family) if style.font_family else node.text
        except NodeRefused as error:
            error.path = path
            raise
        if has_phrases(text, node.lang) and style.word_break is None:
            # Between phrases; a phrase that is longer than its line may still break anywhere.
            style = style.model_copy(update={"word_break": "keep-all", "overflow_wrap": "anywhere"})
        if style.white_space in {None, "normal"} and not _STICKY.isdisjoint(text):
            # The engine breaks at no-break spaces unless white space is kept.
            text = folded(text)
            style = style.model_copy(update={"white_space": "pre-wrap"})
        return node.model_copy(update={"style": style, "text": with_breaks(text, node.lang)})
    return node


def _merged(above: dict[str, Any], own: Style) -> dict[str, Any]:
    merged = dict(above)
    for name in own.model_fields_set & _INHERITED:
        value = getattr(own, name)
        if value is not None:
            merged[name] = value
    if own.font_size is not None:
        merged["font_size"] = _font_px(own.font_size, above["font_size"])
    return merged


def _passed_on(style: dict[str, Any], own: Style) -> dict[str, Any]:
    """Return a box's style as its children inherit it."""
    lengths = {name for name in own.model_fields_set & _LENGTHS.keys() if getattr(own, name) is not None}
    return style | {name: _length(style[name], style["font_size"], _LENGTHS[name]) for name in lengths}


def _length(value: float | str, font_px: float | str, units: frozenset[str]) -> float | str:
    """Return a length with what counts in letters made pixels; other ones are left as they are."""
    found = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[2] not in units or isinstance(font_px, str):
        return value
    return f"{float(found[1]) * font_px / (100.0 if found[2] == '%' else 1.0):g}px"


def _font_px(size: float | str, parent: float | str) -> float | str:
    """Return a font size in pixels where it can be told; an em or a share is one of the parent's size."""
    if not isinstance(size, str):
        return size
    if size.lower() in _NAMED_PX:
        return _NAMED_PX[size.lower()]
    found = _RELATIVE.fullmatch(_STEPS.get(size.lower(), size))
    if found is None:
        return size
    amount, unit = float(found[1]), found[2]
    if unit == "px":
        return amount
    if unit == "rem":
        return amount * _ROOT_PX
    if isinstance(parent, str):
        return size
    return parent * amount / (100.0 if unit == "%" else 1.0)
