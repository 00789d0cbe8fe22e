"""The renderer: from a tree and its pictures to a finished picture, in this process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from PIL import Image

from postengine.render.errors import DrawingFailed, PictureMissing, StyleInvalid

from .compose.paint import canvas_of, covers, encoded, lay, lay_over, pixels_for, used_sources, whole_pixels
from .compose.plan import Plan, Spot, planned, standing_as_told
from .draw.blame import blamed
from .draw.engine import DrawingEngine, Placed, RgbaPixels
from .draw.takumi import TakumiEngine
from .fonts import FontSet, fonts_in
from .geometry import Region, Size
from .layout import Layout, layout_of, merged_pictures, placed_tree, walked, with_text_styles
from .output import Output, encode
from .photo import Decoded, Photo, PhotoCache, fitted, open_photo
from .sources import Pictures, drawing, ground_sources, is_drawing, picture, shown_in, sources_of, stamp
from .sources import PictureSource as PictureSource
from .tree import Box, Node, Picture, Style, check, check_extent, check_grounds

RENDERER_VERSION = "3"
"""Raised whenever the same tree would be drawn differently; drawings of another version are out of date."""

_MOST_PIXELS = 64_000_000
_CUT = "\x1acut:"
"""No name that is handed over has a control character."""


@dataclass(frozen=True)
class Job:
    """One picture of several that share their photos.

    Attributes:
        tree: What to draw.
        size: Of the canvas.
        output: How it is written.
    """

    tree: Box
    size: Size
    output: Output = field(default_factory=Output)


@dataclass(frozen=True)
class _Ready:
    """A tree that is settled: everything is known but the pixels.

    Attributes:
        root: With fitted texts.
        placed: Where its nodes stand.
        plan: How it is painted.
        size: Of the canvas.
        drawings: SVG by name, made harmless.
        grounds: Size of each photo that lies in a ground or mask.
        photos: By name, looked at but not decoded.
    """

    root: Box
    placed: Placed
    plan: Plan
    size: Size
    drawings: Mapping[str, bytes]
    grounds: Mapping[str, Size]
    photos: Mapping[str, Photo]


class Drawer(Protocol):
    """What templates need of a renderer, whether it draws here or in another process."""

    def measure(
        self, tree: Box, size: Size | tuple[int, int], *, images: Mapping[str, PictureSource] | None = None
    ) -> Layout:
        """Return where everything would stand."""
        ...

    def render(
        self,
        tree: Box,
        size: Size | tuple[int, int],
        *,
        images: Mapping[str, PictureSource] | None = None,
        output: Output | None = None,
    ) -> bytes:
        """Draw a tree and write it."""
        ...

    def pixels(
        self, tree: Box, size: Size | tuple[int, int], *, images: Mapping[str, PictureSource] | None = None
    ) -> RgbaPixels:
        """Draw a tree and return its pixels."""
        ...


class Renderer:
    """Draws trees. Make one for each thread, and keep it: fonts are read once, photos are shared by sizes.

    Args:
        fonts: Those that texts are set in; None takes the default ones. An `engine` has its own.
        engine: Measures and draws; None makes one.
        photos: Decoded photos; None makes a cache of its own.
    """

    def __init__(
        self,
        fonts: FontSet | None = None,
        *,
        engine: DrawingEngine | None = None,
        photos: PhotoCache | None = None,
    ) -> None:
        self._engine = engine or TakumiEngine(fonts)
        self._photos = photos or PhotoCache()
        self._last: tuple[tuple[Size, dict[str, object], Box], _Ready] | None = None

    def render(
        self,
        tree: Box,
        size: Size | tuple[int, int],
        *,
        images: Mapping[str, PictureSource] | None = None,
        output: Output | None = None,
    ) -> bytes:
        """Draw a tree and write it.

        Args:
            tree: What to draw.
            size: Of the canvas.
            images: Pictures by the names that the tree uses.
            output: How it is written; None is a JPEG of quality 90.

        Raises:
            RenderError: See the tree in errors.py.
        """
        return self.render_all([Job(tree, Size(*size), output or Output())], images=images)[0]

    def render_all(
        self, jobs: Sequence[Job], *, images: Mapping[str, PictureSource] | None = None
    ) -> list[bytes]:
        """Draw several pictures of the same photos; each photo is decoded once, for the largest of them.

        Returns:
            The files, in the order of `jobs`.

        Raises:
            RenderError: The first that occurs; nothing is returned.
        """
        given = images or {}
        ready = [self._ready(job.tree, job.size, given) for job in jobs]
        photos = self._decoded(ready)
        painted = (self._painted(one, photos) for one in ready)
        return [encode(picture, job.output) for picture, job in zip(painted, jobs, strict=True)]

    def pixels(
        self, tree: Box, size: Size | tuple[int, int], *, images: Mapping[str, PictureSource] | None = None
    ) -> RgbaPixels:
        """Draw a tree and return its pixels: (height, width, 4), straight alpha, as a layer for a video."""
        given = images or {}
        ready = self._ready(tree, Size(*size), given)
        photos = self._decoded([ready])
        return np.asarray(self._painted(ready, photos).convert("RGBA"))

    def measure(
        self, tree: Box, size: Size | tuple[int, int], *, images: Mapping[str, PictureSource] | None = None
    ) -> Layout:
        """Return where everything would stand: boxes, texts, lines."""
        ready = self._ready(tree, Size(*size), images or {})
        return layout_of(ready.root, ready.placed)

    def _ready(self, tree: Box, size: Size, images: Pictures) -> _Ready:
        """Settle a tree; one that was just measured is not settled again to be drawn."""
        asked = (
            size,
            {name: stamp(it) for name, it in images.items()},
            tree,
        )  # the tree last: it takes longest
        last = self._last  # once: another thread may put its own there meanwhile
        if last is not None and last[0] == asked:
            return last[1]
        ready = self._settle(tree, size, images)
        self._last = (asked, ready)
        return ready

    def _settle(self, tree: Box, size: Size, images: Pictures) -> _Ready:
        if not (0 < size.width * size.height <= _MOST_PIXELS and size.width > 0):
            raise StyleInvalid.one(
                "size", f"expected a canvas of 1 to {_MOST_PIXELS} pixels, got {size.width}x{size.height}"
            )
        check(tree)
        styled = with_text_styles(tree, self._engine.fonts)
        photos, drawings = _looked_at(styled, images)
        rasters = {name: photo.upright for name, photo in photos.items()}
        stand_ins = drawings | {name: _stand_in(natural) for name, natural in rasters.items()}
        try:
            root, placed = placed_tree(self._engine, styled, size, stand_ins)
        except DrawingFailed as error:
            error.path = blamed(styled, lambda one: self._engine.measure(one, size, stand_ins))
            raise
        canvas_px = size.width * size.height
        for path, node, where in walked(root, placed):
            check_extent(path, where.region.width, where.region.height, canvas_px=canvas_px)
            check_grounds(path, node.style, where.region.width, where.region.height, canvas_px=canvas_px)
        for path, region in merged_pictures(self._engine, root, placed, size, stand_ins):
            check_extent(path, region.width, region.height, canvas_px=canvas_px)
        grounds = {name: rasters[name] for name in ground_sources(styled) if name in rasters}
        return _Ready(root, placed, planned(root, placed, size, rasters), size, drawings, grounds, photos)

    def _decoded(self, ready: Sequence[_Ready]) -> Mapping[str, Decoded]:
        """Read every photo once, for the largest place it has in any of the pictures."""
        spots = [spot for one in ready for spot in (*one.plan.under, *one.plan.drawn)]
        wanted = used_sources(spots)
        users = {name: one for one in ready for name in one.photos}
        for one in ready:
            for name, natural in one.grounds.items():
                wanted.setdefault(name, []).append(natural)
        decoded: dict[str, Decoded] = {}
        for source, sizes in wanted.items():
            with shown_in(users[source].root, source):
                decoded[source] = self._photos.decode_for(users[source].photos[source], sizes)
        return decoded

    def _painted(self, ready: _Ready, photos: Mapping[str, Decoded]) -> Image.Image:
        plan = ready.plan
        canvas: Image.Image | None = None
        for spot in plan.under:
            pixels = pixels_for(spot, photos[spot.node.source], ready.root, ready.placed)
            if covers(pixels, spot, ready.size):
                canvas = pixels
                continue
            canvas = canvas or canvas_of(ready.size, plan.ground)
            lay(canvas, pixels, spot)
        canvas = canvas or canvas_of(ready.size, plan.ground)
        drawn = dict(ready.drawings)
        for name, natural in ready.grounds.items():
            drawn[name] = encoded(fitted(photos[name], natural, paper=None))
        over, cut = _with_own_pictures(plan.over, plan.drawn)
        for name, spot in cut.items():
            drawn[name] = encoded(pixels_for(spot, photos[spot.node.source], ready.root, ready.placed))
        if plan.window is None:
            return lay_over(canvas, self._drawn(over, ready.size, drawn), (0, 0))
        left, top, size = whole_pixels(plan.window)
        seen = _seen_through(over, plan.window, ready.size)
        return lay_over(canvas, self._drawn(seen, size, drawn, start=_IN_FRAME), (left, top))

    def _drawn(self, root: Box, size: Size, drawn: Mapping[str, bytes], *, start: str = "") -> RgbaPixels:
        try:
            return self._engine.draw(root, size, drawn)
        except DrawingFailed as error:
            draw = partial(self._engine.draw, size=size, pictures=drawn)
            error.path = blamed(root, draw, start=start)
            raise


def renderer_with_fonts(folder: Path | None) -> Renderer:
    """Return a renderer with the fonts of a folder: what `IsolatedRenderer` makes in its processes."""
    return Renderer(fonts_in(folder))


def asset_name(
    tree: Box, size: Size | tuple[int, int], output: Output, *, fonts: FontSet, sha256s: Mapping[str, str]
) -> str:
    """Return a hash of everything that a picture is made of: tree, pictures, fonts, renderer.

    Args:
        tree: What is drawn.
        size: Of the canvas.
        output: How it is written.
        fonts: What its texts are set in.
        sha256s: SHA-256 of each picture by name.

    Returns:
        64 hexadecimal digits, the same on every machine.

    Raises:
        PictureMissing: A picture of the tree has no entry.
    """
    names = [name for name in sources_of(tree) if not name.startswith("data:")]
    for name in names:
        if name not in sha256s:
            raise PictureMissing(name)
    parts = (
        RENDERER_VERSION,
        tree.model_dump_json(by_alias=True, exclude_none=True),
        f"{size[0]}x{size[1]}",
        output.model_dump_json(),
        fonts.digest,
        *sorted(f"{name}={sha256s[name]}" for name in names),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _looked_at(root: Box, images: Pictures) -> tuple[dict[str, Photo], dict[str, bytes]]:
    """Return the photos of a tree, not yet decoded, and its drawings, made harmless."""
    photos: dict[str, Photo] = {}
    drawings: dict[str, bytes] = {}
    for name in sources_of(root):
        with shown_in(root, name):
            if is_drawing(images, name):
                drawings[name] = drawing(images, name)
            else:
                photos[name] = open_photo(picture(images, name))
    return photos, drawings


def _stand_in(size: Size) -> bytes:
    """Return an empty drawing of a photo's size: measuring needs no more of it."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}"/>'.encode()


def _with_own_pictures(root: Box, spots: Sequence[Spot]) -> tuple[Box, dict[str, Spot]]:
    """Return the tree with a name of its own for every picture that is cut for its place, and the cuts."""
    named = {spot.path: (f"{_CUT}{index}", spot) for index, spot in enumerate(spots)}

    def renamed(node: Node, path: str) -> Node:
        if isinstance(node, Picture) and path in named:
            name, spot = named[path]
            style = standing_as_told(node.style, spot.region) if spot.is_told else node.style
            return node.model_copy(update={"source": name, "style": style})
        if isinstance(node, Box):
            children = tuple(
                renamed(child, f"{path}.children[{at}]") for at, child in enumerate(node.children)
            )
            return node.model_copy(update={"children": children})
        return node

    if not named:
        return root, {}
    whole = renamed(root, "root")
    assert isinstance(whole, Box)  # noqa: S101 - a box stays one
    return whole, dict(named.values())


_IN_FRAME = "root.children[0]"


def _seen_through(root: Box, window: Region, size: Size) -> Box:
    """Return the part of a tree that a window shows: a smaller canvas takes a fraction of the time."""
    moved = {"position": "absolute", "left": -window.x, "top": -window.y}
    whole = {"width": root.style.width or size.width, "height": root.style.height or size.height}
    inner = root.model_copy(update={"style": root.style.model_copy(update=moved | whole)})
    frame = Style(position="relative", width=window.width, height=window.height, overflow="hidden")
    return Box(style=frame, children=(inner,))
