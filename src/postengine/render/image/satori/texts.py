"""Texts as nodes: mostly one, a row of them where pictures or tabs stand in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postengine.render.image.fonts import FontFace
from postengine.render.image.tree import Box, Node, Style, Text

from .cascade import Computed
from .clamping import Measures
from .elements import Element
from .graphemes import Part, parts_of
from .losses import well_formed
from .metrics import FontMetrics
from .replaced import PictureMaker
from .styles import StyleMaker
from .tabs import lines_with_stops, tab_stop
from .text import clamp, said, text_style
from .words import Word, by_words, clamped, paragraph

_PLACED = ("position", "left", "top", "maxWidth", "alignSelf", "opacity")
"""Declarations of the box around a text that takes several nodes."""


@dataclass(frozen=True)
class TextMaker:
    """Makes texts.

    Attributes:
        styles: Makes their styles.
        pictures: Makes the pictures within them.
        metrics: Knows the fonts.
        graphemes: Pictures in place of characters.
        is_exact: Paragraphs are made of words, each on a whole pixel.
    """

    styles: StyleMaker
    pictures: PictureMaker
    metrics: FontMetrics
    graphemes: Mapping[str, str]
    is_exact: bool = False

    def made(self, text: str, element: Element, style: Computed, *, in_column: bool) -> Node | None:
        """Return the node of a text within an element; None if nothing is left of it.

        Args:
            text: As written.
            element: What it stands in.
            style: Of the element.
            in_column: The element lays out its children downwards.
        """
        content = said(text, style.inner.texts.get("whiteSpace"))
        if not content:
            return None
        path = f"{element.path}.style"
        found = text_style(content, style, self.metrics)
        if self.is_exact:
            # Under a transform that is more than a move the engine draws letters at their exact places.
            found["transform"] = "scale(1.00001)"
        if in_column and style.own.get("alignItems", "stretch") in {"stretch", "normal"}:
            # Satori aligns the lines of a text among themselves; a single line stays where it is.
            found |= {"alignSelf": "flex-start", "maxWidth": "100%"}
        parts = parts_of(content, self.graphemes)
        if any(part.source for part in parts):
            return self._with_pictures(parts, style, found, path)
        texts = style.inner.texts
        face = self.metrics.face(
            texts.get("fontFamily"), texts.get("fontWeight", 400), texts.get("fontStyle")
        )
        if "\t" in content and face is not None:
            return self._with_tabs(content, style, found, path, face)
        if self.is_exact and face is not None and face.weights[0] == face.weights[1]:
            by_words = self._by_words(content, style, found, path, face)
            if by_words is not None:
                return by_words
            if self._has_one_line(content, element, style, face):
                found.pop("textAlign", None)
        if "lineClamp" in found and clamp(style.own["lineClamp"])[1] != "…":
            self.styles.losses.add(f"{path}.lineClamp", style.own["lineClamp"], "shortened texts end in …")
        return _text(content, self.styles.made(found, path), path, style.inner.lang)

    def _with_pictures(
        self, parts: Iterable[Part], style: Computed, found: Mapping[str, object], path: str
    ) -> Box:
        around, inner = _parted(found)
        made = self.styles.made({**inner, "whiteSpace": "pre", "flexShrink": 0}, path)
        size = style.inner.font_px
        square = {
            "width": size,
            "height": found.get("lineHeight", size),
            "objectFit": "contain",
            "flexShrink": 0,
        }
        picture = self.styles.made(square, path)
        children = tuple(
            _text(part.text, made, path)
            if part.source is None
            else self.pictures.inline(part.source, picture, path)
            for part in parts
        )
        box = self.styles.made({"display": "flex", "flexWrap": "wrap", **around}, path)
        return Box(style=box, children=children)

    def _has_one_line(self, text: str, element: Element, style: Computed, face: FontFace) -> bool:
        room = style.inner.room
        alone = len(element.children) == 1 and room is not None and "\n" not in text
        return alone and self.metrics.width(text, face, style.inner.font_px) <= (room or 0)

    def _by_words(
        self, text: str, style: Computed, found: Mapping[str, object], path: str, face: FontFace
    ) -> Box | None:
        spacing = style.inner.texts.get("letterSpacing")
        between = spacing if isinstance(spacing, float) else 0.0

        def measured(piece: str) -> float:
            return self.metrics.width(piece, face, style.inner.font_px)

        def width_of(word: str) -> float:
            # Letters are kerned against the space that follows.
            return measured(f"{word} ") - measured(" ") + between * len(word)

        if any(ord(character) not in face.covered for character in text):
            return None
        words = paragraph(text, found, style.inner.room, width_of, measured(" "))
        if words is None:
            return None
        limit = found.get("lineClamp")
        if isinstance(limit, int):
            measures = Measures(style.inner.room or 0, measured(" "), width_of)
            ellipsis = clamp(style.own["lineClamp"])[1]
            centred = found.get("textAlign") == "center"
            words = clamped(words, limit, ellipsis, measures, centred=centred)
        # As wide as Satori's text of several lines, unless its neighbours press it.
        outer, inner, first = by_words(found, (style.inner.room or 0) + between, measured(" "))

        def made(word: Word) -> Text:
            joined = {"marginLeft": -measured(" ")} if word.is_joined else {}
            own = {**inner, **joined, "width": word.width_px, **(first if word.line == 1 else {})}
            return _text(word.text, self.styles.made(own, path), path, style.inner.lang)

        children: list[Node] = [made(word) for word in words]
        if found.get("textAlign") == "justify":  # what is left of the last line is filled up
            children.append(Box(style=self.styles.made({"flexGrow": 1}, path)))
        return Box(style=self.styles.made(outer, path), children=tuple(children))

    def _with_tabs(
        self, text: str, style: Computed, found: Mapping[str, object], path: str, face: FontFace
    ) -> Box:
        around, inner = _parted(found)
        font_px = style.inner.font_px

        def width_of(piece: str) -> float:
            return self.metrics.width(piece, face, font_px)

        def piece(text: str, width: float | None, shift: float) -> Text:
            stands = {"flexShrink": 0, "tabSize": None, "width": width, "textIndent": shift or None}
            return _text(text, self.styles.made({**inner, **stands}, path), path)

        stop = tab_stop(style.inner.texts.get("tabSize", 8.0), width_of(" "), font_px)
        row = self.styles.made({"display": "flex", "minHeight": found.get("lineHeight")}, path)
        rows = tuple(
            Box(style=row, children=tuple(piece(*it) for it in line if it.text or it.width_px))
            for line in lines_with_stops(text, stop, width_of)
        )
        box = self.styles.made({"display": "flex", "flexDirection": "column", **around}, path)
        return Box(style=box, children=rows)


def _text(text: str, style: Style, path: str, lang: str | None = None) -> Text:
    with well_formed(path.removesuffix(".style")):
        return Text(text=text, style=style, lang=lang)


def _parted(found: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the declarations of the box around, and those of the texts in it."""
    around = {name: it for name, it in found.items() if name in _PLACED}
    return around, {name: it for name, it in found.items() if name not in _PLACED}
