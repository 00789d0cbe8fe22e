"""The drawing engine takumi (package pytakumi), the only file that knows it.

It stays silent about what is missing (pictures, fonts, unknown styles), so that is checked before.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TypedDict, cast

import numpy as np
import pytakumi

from postengine.render.errors import DrawingFailed, NodeRefused, PictureMissing
from postengine.render.image.fonts import (
    SANS,
    FontFace,
    FontSet,
    css_families,
    default_fonts,
    shaping_language,
)
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Box, Node, Picture, Shape, Style, Text, nodes, style_sources, walk

from .engine import Line, Placed, RgbaPixels
from .grounds import with_pixels
from .panics import without_lost_backdrops, without_pulling
from .translate import TextSetting, shape_name, shape_svg, translated, whole_canvas
from .trials import Mend, mended
from .unseen import without_unseen

_CACHE_BYTES = 8 << 20
"""With the default the cache grows for ever over a service's life; 8 MB stays flat."""


_PANIC = "PanicException"
"""What a bug in the engine's Rust raises; it is no Exception, and its class cannot be imported."""

_HANGING_SPACE_EM = 0.45
"""A line's trailing space hangs out of the box; no font's space is wider than this."""

_UNDRAWN = "pixmap size is invalid"
"""What it says of a drawing of which less than a pixel would show, or of one that is too large for it."""

_PULLED = "min > max"
"""What it says of a box in a line whose margins leave it less than no height."""

_LOST = "out of range for slice"
"""What it says of a filtered backdrop inside a layer that is narrower than its place on the canvas."""

_LARGE_PX = 2048.0
_LOOSE = Style(align_items="flex-start")
_MOST_FONTS = 200
_CHAINS = 512
_SLANTED = frozenset({"italic", "oblique"})
_WEIGHTS = {"normal": 400, "bold": 700, "lighter": 300, "bolder": 700}


class _Run(TypedDict):
    """A piece of one line of text as takumi reports it."""

    text: str
    x: float
    y: float
    width: float
    height: float


class _Report(TypedDict):
    """A node as takumi reports it; `transform` is the matrix from the node to the canvas."""

    width: float
    height: float
    transform: tuple[float, float, float, float, float, float]
    children: list[_Report]
    runs: list[_Run]


class TakumiEngine:
    """Draws with takumi. Make one for each thread: a call may take the engine's cache for itself.

    Args:
        fonts: Those that texts are set in; None takes the default ones. Each is opened when a text needs it.
    """

    def __init__(self, fonts: FontSet | None = None) -> None:
        self.fonts = default_fonts() if fonts is None else fonts
        self._default = SANS if SANS in self.fonts.families else self.fonts.families[0]
        self._begin_anew()
        # A tree is measured and drawn several times, and each time asks for the fonts of the same texts.
        self._chain = lru_cache(maxsize=_CHAINS)(self._chain_of)

    def measure(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> Placed:
        """Return where every node stands on a canvas of `size`."""
        answer = self._answer("measure", root, size, pictures)
        return _placed(root, cast("_Report", answer))

    def draw(self, root: Box, size: Size, pictures: Mapping[str, bytes]) -> RgbaPixels:
        """Draw the tree on a transparent ground of `size`."""
        if len(self._registered) > _MOST_FONTS:  # each text with emoji has brought a small font of its own
            self._begin_anew()
        raw = cast("bytes", self._answer("render", root, size, pictures, format="raw"))
        return np.frombuffer(raw, np.uint8).reshape(size.height, size.width, 4)

    def _answer(
        self, method: str, root: Box, size: Size, pictures: Mapping[str, bytes], **more: str
    ) -> object:
        drawings = [name for name, data in pictures.items() if data.startswith(b"<svg")]
        measure = partial(self.measure, size=size, pictures=pictures)
        pixels = partial(self._pixels, pictures=pictures)
        mends: Sequence[tuple[str, Mend]] = (
            (_PULLED, without_pulling),
            (_LOST, without_lost_backdrops),
            (_UNDRAWN, partial(without_unseen, measure=measure, drawings=drawings)),
            (_UNDRAWN, partial(with_pixels, pixels=pixels, drawings=drawings)),
        )
        return mended(root, lambda tree: self._call(method, tree, size, pictures, **more), mends)

    def _pixels(self, name: str, pictures: Mapping[str, bytes]) -> str:
        """Return a data URI of an SVG's pixels."""
        alone = Picture(source=name, style=Style(flex_shrink=0))
        natural = self.measure(Box(children=(alone,), style=_LOOSE), Size(1, 1), pictures).children[0].region
        scale = _LARGE_PX / max(natural.width, natural.height, 1)
        size = Size(max(round(natural.width * scale), 1), max(round(natural.height * scale), 1))
        whole = Picture(source=name, style=Style(width=size.width, height=size.height))
        png = cast("bytes", self._call("render", Box(children=(whole,)), size, pictures, format="png"))
        return f"data:image/png;base64,{base64.b64encode(png).decode()}"

    def _call(self, method: str, root: Box, size: Size, pictures: Mapping[str, bytes], **more: str) -> object:
        tree = whole_canvas(translated(root, partial(self._setting_in, root)))
        images = dict(_used(root, pictures, has_grounds=method == "render"))
        call = getattr(self._renderer, method)
        try:
            return call(tree, width=size.width, height=size.height, images=images, **more)
        except (RuntimeError, ValueError) as error:
            raise _failed(size, error) from error
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
            self._begin_anew()  # what it holds may be half changed
            raise _failed(size, error) from error

    def _setting_in(self, root: Box, text: Text) -> TextSetting:
        try:
            return self._setting(text)
        except NodeRefused as error:
            error.path = next(path for path, node in walk(root) if node is text)
            raise

    def _setting(self, text: Text) -> TextSetting:
        style = text.style
        weight = _weight(style.font_weight)
        family = style.font_family or self._default
        chain = self._chain(text.text, family, weight, style.font_style or "normal", text.lang)
        for face in chain:
            self._register(face)
        language = shaping_language(text.lang) if text.lang else None
        return TextSetting(css_families(chain), language, _optical_size(chain[0], style.font_size))

    def _chain_of(
        self, text: str, family: str, weight: int, slant: str, lang: str | None
    ) -> tuple[FontFace, ...]:
        return self.fonts.chain_for(text, family, weight=weight, italic=slant in _SLANTED, lang=lang)

    def _register(self, face: FontFace) -> None:
        if face not in self._registered:
            self._renderer.register_font(
                face.read(),
                name=face.family,
                style="italic" if face.italic else None,
                weight=face.weights[0] if face.weights[0] == face.weights[1] else None,
            )
            self._registered.add(face)

    def _begin_anew(self) -> None:
        self._renderer = pytakumi.Renderer(cache_max_bytes=_CACHE_BYTES)
        self._registered: set[FontFace] = set()


def _weight(given: float | str | None) -> int:
    if isinstance(given, str):
        word = given.lower()
        return _WEIGHTS[word] if word in _WEIGHTS else round(float(given))
    return round(given or 400)


def _optical_size(face: FontFace, size_px: float | str | None) -> str | None:
    """Return the setting of a font that has forms of its own for small and for large letters."""
    axis = next((axis for axis in face.axes if axis.tag == "opsz"), None)
    if axis is None or not isinstance(size_px, int | float):
        return None
    return f'"opsz" {min(max(size_px, axis.least), axis.most):g}'


def _failed(size: Size, error: BaseException) -> DrawingFailed:
    return DrawingFailed(f"Expected a drawing of {size.width}x{size.height} px, got: {error}")


def _used(root: Box, pictures: Mapping[str, bytes], *, has_grounds: bool) -> Iterator[tuple[str, bytes]]:
    """Yield every picture that the tree shows, checked: takumi draws nothing for one that is missing."""
    for node in nodes(root):
        if isinstance(node, Shape):
            yield shape_name(node), shape_svg(node)
        own = (node.source,) if isinstance(node, Picture) else ()
        for name in (*own, *(style_sources(node.style) if has_grounds else ())):
            if name[:5].lower() == "data:":
                continue
            if not pictures.get(name):
                raise PictureMissing(name)
            yield name, pictures[name]


def _placed(node: Node, report: _Report) -> Placed:
    a, b, c, d, x, y = report["transform"]
    width, height = report["width"], report["height"]
    is_turned = (a, b, c, d) != (1.0, 0.0, 0.0, 1.0)
    if is_turned:
        corners_x = (x, x + a * width, x + c * height, x + a * width + c * height)
        corners_y = (y, y + b * width, y + d * height, y + b * width + d * height)
        region = Region(
            min(corners_x), min(corners_y), max(corners_x) - min(corners_x), max(corners_y) - min(corners_y)
        )
    else:
        region = Region(x, y, width, height)
    children: tuple[Placed, ...] = ()
    # Inline boxes may be merged; then the parent's place is all there is.
    if isinstance(node, Box) and len(node.children) == len(report["children"]):
        pairs = zip(node.children, report["children"], strict=True)
        children = tuple(_placed(child, where) for child, where in pairs)
    size = node.style.font_size
    space_px = _HANGING_SPACE_EM * size if isinstance(size, int | float) else 0.0
    box = Region(x, y, width, height)
    lines = tuple(_line(run, box, space_px) for run in report["runs"] if run["text"].strip())
    return Placed(region, is_turned, lines, children, (width, height) if is_turned else None)


def _line(run: _Run, box: Region, space_px: float) -> Line:
    left = box.x + run["x"]
    right = left + run["width"]
    if run["text"].endswith(" "):
        right = max(min(right, box.right), right - space_px)
        left = min(max(left, box.x), left + space_px)  # of a text that runs from right to left
    return Line(run["text"], Region(left, box.y + run["y"], right - left, run["height"]))
