"""Which pictures of a tree are painted beneath what the drawing engine draws, and which it draws itself.

Pillow decodes, crops and scales a photo in half the time that the engine needs, and a photo that is painted
beneath is not encoded and decoded again. That is the same picture as long as nothing that the engine draws
would lie below the photo, and nothing blends with what is beneath it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from postengine.render.image.colour import Colour
from postengine.render.image.draw.engine import Placed
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Box, Node, Picture, Shape, Style, Text, nodes, parse_colour, says

_SHADOW_PX = 120.0
"""How far a shadow or an effect may reach beyond its box; more than any that looks well."""

_OPAQUE = 0.98

_CANVAS_UNIT = re.compile(r"\dv(w|h|min|max)\b")

_MOVES = ("inset", "top", "right", "bottom", "left", "margin", "position")
_BLENDING = ("mix_blend_mode", "backdrop_filter")
_EFFECTS = frozenset(
    {
        "opacity",
        "transform",
        "rotate",
        "scale",
        "translate",
        "filter",
        "clip_path",
        "mask",
        "mask_image",
        "visibility",
    }
)
_CORNERS = frozenset(
    {
        "border_top_left_radius",
        "border_top_right_radius",
        "border_bottom_right_radius",
        "border_bottom_left_radius",
    }
)
_GROUNDS = frozenset(
    {
        "box_shadow",
        *(
            name
            for name in Style.model_fields
            if name.startswith(("background", "border", "outline")) and not name.endswith("radius")
        ),
    }
)
_FRAMES = frozenset(
    {
        *_EFFECTS,
        *_GROUNDS,
        *_CORNERS,
        *(name for name in Style.model_fields if name.startswith("padding")),
        "corner_shape",
        "image_rendering",
        "object_position",
    }
)
_BEYOND_A_COLOUR = (_GROUNDS - {"background_color"}) | _CORNERS | _EFFECTS | {"border_radius"}
_ODD_CORNERS = _CORNERS | {"corner_shape"}
_REACHING = frozenset(
    {"box_shadow", "text_shadow", "filter", "transform", "rotate", "scale", "translate", "outline"}
)


@dataclass(frozen=True)
class Spot:
    """A picture of the tree where it goes.

    Attributes:
        path: Of its node.
        node: The picture.
        region: Its box in the picture.
        natural: The whole picture's size, upright.
        radius_px: Of its corners, where it is painted beneath.
        is_told: The engine told its place; it is not just somewhere in the box that holds it.
    """

    path: str
    node: Picture
    region: Region
    natural: Size
    radius_px: float = 0.0
    is_told: bool = True


@dataclass(frozen=True)
class Plan:
    """How a tree is painted.

    Attributes:
        ground: An opaque colour of the whole canvas, if the root has one.
        under: Pictures painted beneath, in order.
        over: What the engine draws, with boxes in place of the pictures beneath.
        drawn: The pictures in `over`.
        window: The part of the canvas that `over` can leave a mark on; None where that cannot be told.
    """

    ground: Colour | None
    under: tuple[Spot, ...]
    over: Box
    drawn: tuple[Spot, ...]
    window: Region | None


def planned(root: Box, placed: Placed, size: Size, rasters: Mapping[str, Size]) -> Plan:
    """Return how to paint a measured tree.

    Args:
        root: The tree.
        placed: Where its nodes stand.
        size: Of the canvas.
        rasters: Size of each source that is a photo or other pixels; others are drawings, left to the engine.
    """
    planner = _Planner(rasters, may_lift=not any(_blends(node.style) for node in nodes(root)))
    is_ground = planner.may_lift and placed.region.holds(Region(0, 0, size.width, size.height))
    ground = _ground(root.style) if is_ground else None
    over = root
    if ground is not None:
        style = root.style.model_copy(update={"background_color": None})
        over = root.model_copy(update={"style": style})
    over = planner.box(over, placed, "root", _Clip())
    has_window = planner.is_bounded and not _measures_by_canvas(over)
    window = _around(planner.painted, size) if has_window else None
    return Plan(ground, tuple(planner.under), over, tuple(planner.drawn), window)


@dataclass(frozen=True)
class _Clip:
    """What an ancestor's `overflow: hidden` leaves visible."""

    region: Region | None = None
    radius_px: float = 0.0


@dataclass
class _Planner:
    rasters: Mapping[str, Size]
    may_lift: bool
    under: list[Spot] = field(default_factory=list[Spot])
    drawn: list[Spot] = field(default_factory=list[Spot])
    painted: list[Region] = field(default_factory=list[Region])
    """What the engine has painted before the node at hand."""

    is_bounded: bool = True
    """Nothing has been painted but there."""

    def box(self, box: Box, placed: Placed, path: str, clip: _Clip) -> Box:
        if not placed.children:
            self._keep(box, placed, path)
            return box
        if not self.may_lift or placed.is_turned or says(box.style, _EFFECTS):
            self._keep(box, placed, path)
            return box
        if says(box.style, _GROUNDS):
            self.painted.append(_reach(box.style, placed.region))
        inner = _clipped(box.style, placed.region, clip)
        pairs = zip(box.children, placed.children, strict=True)
        children = tuple(
            self._node(child, where, f"{path}.children[{index}]", inner)
            for index, (child, where) in enumerate(pairs)
        )
        is_same = all(new is old for new, old in zip(children, box.children, strict=True))
        return box if is_same else box.model_copy(update={"children": children})

    def _node(self, node: Node, placed: Placed, path: str, clip: _Clip | None) -> Node:
        if isinstance(node, Box) and clip is not None:
            return self.box(node, placed, path, clip)
        if isinstance(node, Picture) and clip is not None:
            spot = self._lifted(node, placed, path, clip)
            if spot is not None:
                self.under.append(spot)
                return _hole(node, placed)
        self._keep(node, placed, path)
        return node

    def _lifted(self, node: Picture, placed: Placed, path: str, clip: _Clip) -> Spot | None:
        style = node.style
        if not self.may_lift or placed.is_turned or node.source not in self.rasters:
            return None
        if style.object_fit not in {"cover", "blur-fill"} or says(style, _FRAMES):
            return None
        if any(_overlap(placed.region, region) for region in self.painted):
            return None
        own = style.border_radius or 0.0
        radius = None if isinstance(own, str) else _inside(clip, placed.region, own)
        if radius is None:
            return None
        return Spot(path, node, placed.region, self.rasters[node.source], radius)

    def _keep(self, node: Node, placed: Placed, path: str) -> None:
        """Leave a node, with all in it, to the engine."""
        waiting: list[tuple[str, Node, Placed, bool]] = [(path, node, placed, True)]
        while waiting:
            at, one, where, is_told = waiting.pop()
            if isinstance(one, Picture) and one.source in self.rasters:
                natural = self.rasters[one.source]
                self.drawn.append(Spot(at, one, _own_region(where), natural, is_told=is_told))
            if isinstance(one, Box) and one.children:
                # What is in merged inline boxes, or not shown, is somewhere in there, or reaches out of it.
                is_told = is_told and bool(where.children)
                self.is_bounded &= is_told or one.style.display == "none"
                inside = where.children or (Placed(where.region),) * len(one.children)
                pairs = zip(one.children, inside, strict=True)
                waiting.extend((f"{at}.children[{i}]", it, its, is_told) for i, (it, its) in enumerate(pairs))
            if isinstance(one, Text):
                # Letters may stand out of their lines (accents, swashes, tight lines), lines out of the box.
                regions = (where.text_region, *(line.region for line in where.lines))
                self.painted += [_grown(_reach(one.style, it), _letters_px(one.style)) for it in regions]
            if isinstance(one, Picture | Shape) or says(one.style, _GROUNDS | _EFFECTS):
                self.painted.append(_reach(one.style, where.region))


def _own_region(placed: Placed) -> Region:
    """Return a node's box; of a turned one as it would stand without the turn, about the same middle."""
    if placed.unturned is None:
        return placed.region
    around, (width, height) = placed.region, placed.unturned
    left, top = around.x + (around.width - width) / 2, around.y + (around.height - height) / 2
    return Region(left, top, width, height)


def _hole(node: Picture, placed: Placed) -> Box:
    """Return a box that takes the picture's place in the layout, in a line too."""
    changes = {
        "display": "inline-block" if node.style.display in {None, "inline"} else node.style.display,
        "object_fit": None,
        "border_radius": None,
    }
    style = standing_as_told(node.style, placed.region)
    return Box(style=style.model_copy(update=changes), key=node.key)


def standing_as_told(style: Style, region: Region) -> Style:
    """Return a style that gives a node the size it was measured in, whatever is put in its place."""
    changes = {
        "box_sizing": None,
        "width": region.width,
        "height": region.height,
        "min_width": region.width,
        "aspect_ratio": None,
        "flex_shrink": 0,
        "flex_grow": 0,
        "flex": None,
    }
    return style.model_copy(update=changes)


def _blends(style: Style) -> bool:
    blends = any(getattr(style, name) not in {None, "normal", "none"} for name in _BLENDING)
    return blends or bool(style.z_index)


def _ground(style: Style) -> Colour | None:
    """Return the opaque colour of a box that has nothing else about it."""
    if style.background_color is None or says(style, _BEYOND_A_COLOUR):
        return None
    colour = parse_colour(style.background_color)
    if colour is None or colour.alpha < 1:
        return None
    return Colour(*colour[:3])


def _reach(style: Style, region: Region) -> Region:
    """Return all that a node may paint on."""
    return _grown(region, _SHADOW_PX if says(style, _REACHING) else 0.0)


def _grown(region: Region, by: float) -> Region:
    return Region(region.x - by, region.y - by, region.width + 2 * by, region.height + 2 * by)


def _letters_px(style: Style) -> float:
    return style.font_size * 0.6 if isinstance(style.font_size, int | float) else _SHADOW_PX


def _around(regions: Sequence[Region], size: Size) -> Region:
    """Return the box around all regions, in whole pixels, cut to the canvas; empty ones count for nothing.

    A place of half a pixel was rounded up to get here; less than none, it would be rounded down.
    """
    seen = [region for region in regions if region.width > 0 and region.height > 0]
    left = max(math.floor(min((region.x for region in seen), default=1)) - 1, 0)
    top = max(math.floor(min((region.y for region in seen), default=1)) - 1, 0)
    right = min(math.ceil(max((region.right for region in seen), default=1)), size.width)
    bottom = min(math.ceil(max((region.bottom for region in seen), default=1)), size.height)
    return Region(left, top, max(right - left, 1), max(bottom - top, 1))


def _measures_by_canvas(root: Box) -> bool:
    """Whether a style counts in parts of the canvas, which a smaller one would change."""
    if any(_is_of_canvas(name, getattr(root.style, name)) for name in root.style.model_fields_set):
        return True
    for node in nodes(root):
        for name in node.style.model_fields_set:
            value = getattr(node.style, name)
            if isinstance(value, str) and _CANVAS_UNIT.search(value):
                return True
    return False


def _is_of_canvas(name: str, value: object) -> bool:
    """Whether something in the root's style is a share of the canvas, or moves the root in it."""
    is_share = isinstance(value, str) and "%" in value and name not in {"width", "height"}
    return value not in {None, "relative"} and (is_share or name.startswith(_MOVES))


def _overlap(a: Region, b: Region) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _clipped(style: Style, region: Region, clip: _Clip) -> _Clip | None:
    """Return what is visible inside a box, or None where that cannot be told simply."""
    hides = {style.overflow, style.overflow_x, style.overflow_y} & {"hidden", "clip"}
    if not hides:
        return clip
    own = style.border_radius or 0.0
    if says(style, _ODD_CORNERS) or isinstance(own, str):
        return None
    radius = _inside(clip, region, own)
    return None if radius is None else _Clip(region, radius)


def _inside(clip: _Clip, region: Region, own_px: float) -> float | None:
    """Return the radius that the corners of a box show, or None where a clip cuts it in another way."""
    if clip.region is None:
        return float(own_px)
    if not clip.region.holds(region):
        return None
    if clip.radius_px and not region.holds(clip.region):
        return None
    return max(float(own_px), clip.radius_px)


def texts_on(path: str, region: Region, root: Box, placed: Placed) -> Iterator[tuple[Text, Placed, float]]:
    """Yield the texts that stand on a picture without a ground of their own between, and their opacity."""
    seen = False
    waiting: list[tuple[str, Node, Placed, bool, float]] = [("root", root, placed, False, 1.0)]
    while waiting:
        at, node, where, has_ground, around = waiting.pop()
        opacity = around * _opacity(node.style)
        if at == path:
            seen = True
        if isinstance(node, Text) and seen and not has_ground and _overlap(where.text_region, region):
            yield node, where, opacity
        if isinstance(node, Box):
            grounded = (has_ground and seen) or (seen and _is_opaque(node.style))
            pairs = list(enumerate(zip(node.children, where.children, strict=False)))
            waiting.extend(
                (f"{at}.children[{index}]", child, it, grounded, opacity)
                for index, (child, it) in reversed(pairs)
            )


def _opacity(style: Style) -> float:
    return 1.0 if style.opacity is None else style.opacity


def _is_opaque(style: Style) -> bool:
    for value in (style.background_color, style.background):
        if value is not None:
            colour = parse_colour(value)
            if colour is not None and colour.alpha >= _OPAQUE:
                return True
    return False
