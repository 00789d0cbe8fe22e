"""The drawing engine takumi (package pytakumi), the only file that knows it.

It stays silent about what is missing (pictures, fonts, unknown styles), so that is checked before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict, cast

import numpy as np
import pytakumi

from postengine.render.errors import DrawingFailed, PictureMissing

from .colour import WHITE
from .engine import RgbaPixels, TextExtent
from .fonts import FontFile, covered_codepoints, installed_fonts, require_glyphs, without_pictographs
from .geometry import Region, Size
from .nodes import Box, Font, Node, Picture, Text

_CACHE_BYTES = 8 << 20
"""With the default the cache grows for ever over a service's life; 8 MB stays flat."""


_ENDLESS = Size(4096, 4096)
"""Takumi drops lines below the canvas, so texts are measured on a large one."""


class _Run(TypedDict):
    """A piece of one line of text as takumi reports it."""

    text: str
    x: float
    y: float
    width: float
    height: float


class _Placed(TypedDict):
    """A node as takumi reports it; `transform` ends with the node's absolute x and y."""

    width: float
    height: float
    transform: list[float]
    children: list[_Placed]
    runs: list[_Run]


class TakumiEngine:
    """Draws with takumi. Make one for each thread: a call may take the engine's cache for itself.

    Args:
        fonts: In order of preference; later ones serve characters that earlier ones lack.

    Raises:
        FontMissing: A font file is absent.
    """

    def __init__(self, fonts: Sequence[FontFile] | None = None) -> None:
        self._fonts = tuple(installed_fonts() if fonts is None else fonts)
        self._renderer = pytakumi.Renderer(cache_max_bytes=_CACHE_BYTES)
        covered: set[int] = set()
        for font in self._fonts:
            data = font.read()
            self._renderer.register_font(data, name=font.family)
            covered |= covered_codepoints(data)
        self._covered = frozenset(covered)

    def measure_text(self, text: str, font: Font, width_px: float) -> TextExtent:
        """Return what `text` takes when it is broken at `width_px`."""
        placed = self._measure_one(Text(text, font, WHITE, width_px=width_px))
        right = _right_edge(placed["runs"], self._space_px(font))
        lines = round(placed["height"] / (font.size_px * font.line_height))
        return TextExtent(right, placed["height"], lines)

    def drawable(self, text: str) -> str:
        """Return `text` without ornaments that no font can draw; FontMissing for a letter."""
        kept = without_pictographs(text, self._covered)
        # Of ornaments alone nothing would be left, and takumi drops empty texts with their place.
        require_glyphs([kept or text], self._covered)
        return kept

    def place(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> Mapping[str, Region]:
        """Return where every node with a key stands."""
        return dict(_keyed(root, self._measure(root, size, pictures)))

    def draw(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> RgbaPixels:
        """Draw the tree on a transparent ground of `size`."""
        self._check(root, pictures)
        try:
            raw = self._renderer.render(
                self._translate(root),
                width=size.width,
                height=size.height,
                format="raw",
                images=_used(root, pictures),
            )
        except (RuntimeError, ValueError) as error:
            raise DrawingFailed(
                f"Expected a drawing of {size.width}x{size.height} px, got: {error}"
            ) from error
        return np.frombuffer(raw, np.uint8).reshape(size.height, size.width, 4)

    def _measure(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> _Placed:
        answer = self._renderer.measure(
            self._translate(root), width=size.width, height=size.height, images=_used(root, pictures)
        )
        return cast("_Placed", answer)

    def _measure_one(self, text: Text) -> _Placed:
        return self._measure(Box((text,)), _ENDLESS, {})["children"][0]

    def _space_px(self, font: Font) -> float:
        apart, joined = (self._measure_one(Text(t, font, WHITE))["runs"][0]["width"] for t in ("n n", "nn"))
        return apart - joined

    def _check(self, root: Box, pictures: Mapping[str, bytes]) -> None:
        for node in _walk(root):
            if isinstance(node, Picture) and not pictures.get(node.name):
                raise PictureMissing(node.name)
            if isinstance(node, Text):
                require_glyphs([node.content], self._covered)

    def _translate(self, node: Node) -> dict[str, Any]:
        if isinstance(node, Text):
            return {"type": "text", "text": node.content, "style": self._text_style(node)}
        if isinstance(node, Picture):
            return {"type": "image", "src": node.name, "style": _picture_style(node)}
        children = [self._translate(child) for child in node.children]
        return {"type": "container", "style": _box_style(node), "children": children}

    def _text_style(self, node: Text) -> dict[str, Any]:
        font = node.font
        families = [font.family, *(f.family for f in self._fonts if f.family != font.family)]
        return _given(
            fontFamily=", ".join(families),
            fontSize=font.size_px,
            fontWeight=font.weight,
            lineHeight=font.line_height,
            letterSpacing=font.tracking_em * font.size_px,
            fontFeatureSettings='"lnum" 1',  # prices: figures as tall as capitals, also in the serif
            color=node.colour.css(),
            width=node.width_px,
            whiteSpace=None if node.width_px else "nowrap",
            flexShrink=0,
            textAlign=node.align,
            opacity=node.opacity,
        )


def _box_style(node: Box) -> dict[str, Any]:
    top, right, bottom, left = node.padding_px
    return _given(
        display="flex",
        flexDirection="row" if node.row else "column",
        flexWrap="wrap" if node.wrap else "nowrap",
        flexShrink=0,
        alignItems=node.across,
        alignContent="flex-start",
        justifyContent=node.along,
        columnGap=node.gap_px,
        rowGap=node.gap_px if node.row_gap_px is None else node.row_gap_px,
        paddingTop=top,
        paddingRight=right,
        paddingBottom=bottom,
        paddingLeft=left,
        width=node.width_px,
        height=node.height_px,
        backgroundColor=node.fill.css(node.fill_opacity) if node.fill else None,
        borderRadius=node.radius_px or None,
        opacity=node.opacity,
    )


def _picture_style(node: Picture) -> dict[str, Any]:
    return _given(
        width=node.width_px,
        height=node.height_px,
        objectFit="contain",
        borderRadius=node.radius_px or None,
        flexShrink=0,
        opacity=node.opacity,
    )


def _given(**styles: object) -> dict[str, Any]:
    return {name: value for name, value in styles.items() if value is not None}


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Box):
        for child in node.children:
            yield from _walk(child)


def _used(root: Box, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    names = {node.name for node in _walk(root) if isinstance(node, Picture)}
    return {name: pictures[name] for name in sorted(names) if name in pictures}


def _keyed(node: Node, placed: _Placed) -> Iterator[tuple[str, Region]]:
    if node.key is not None:
        yield node.key, _region(node, placed)
    if isinstance(node, Box):
        for child, where in zip(node.children, placed["children"], strict=True):
            yield from _keyed(child, where)


def _region(node: Node, placed: _Placed) -> Region:
    x, y = placed["transform"][4], placed["transform"][5]
    if isinstance(node, Text):
        left = min(run["x"] for run in placed["runs"])
        right = _right_edge(placed["runs"], 0.0)
        if node.width_px is not None:
            right = min(right, node.width_px)  # a line's trailing space hangs out of the box
        return Region(x + left, y, right - left, placed["height"])
    return Region(x, y, placed["width"], placed["height"])


def _right_edge(runs: Sequence[_Run], space_px: float) -> float:
    """Return the x where the widest line ends, its trailing space (of `space_px`) left out."""
    return max(
        (
            run["x"] + run["width"] - space_px * run["text"].endswith(" ")
            for run in runs
            if run["text"].strip()
        ),
        default=0.0,
    )
