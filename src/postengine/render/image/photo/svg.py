"""Logos and icons as SVG from outside, made harmless: what draws is kept, and nothing is ever fetched."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Iterator
from typing import Final

from postengine.render.errors import PhotoUnreadable, SvgUnsafe

from .limits import PhotoLimits
from .opening import open_photo
from .svg_references import check_references, targets_of
from .svg_tree import SVG_SPACE, Element, read_svg

MAX_SVG_SIDE = 20_000
"""Of width, height and view box, in pixels."""

MAX_SVG_AREA = 64_000_000
"""Of width by height, and of the view box; the drawing engine makes no larger pictures."""

_ACTIVE: Final = frozenset(
    {
        "script",
        "foreignObject",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "handler",
        "listener",
    }
)
_SHAPES = (
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath image switch a"
)
_PAINT = "linearGradient radialGradient stop pattern clipPath mask marker style title desc filter"
_EFFECTS = (
    "feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG "
    "feFuncR feGaussianBlur feMerge feMergeNode feOffset feTile"
)
_DRAWING: Final = frozenset(f"{_SHAPES} {_PAINT} {_EFFECTS}".split())
_FETCHING = re.compile(
    r"@|\\|image-set|cross-fade|expression|binding|behavior|\bsrc\s*\(|\bimage\s*\(", re.IGNORECASE
)
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|webp);base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(px|pt|pc|mm|cm|in|em|ex|%)?\s*")
_PIXELS: Final = {"pt": 4 / 3, "pc": 16.0, "mm": 3.78, "cm": 37.8, "in": 96.0, "em": 16.0, "ex": 8.0}
_EMBEDDED_LIMITS = PhotoLimits(max_pixels=16_000_000, min_side_px=1)
_WORST_BLUR = 500.0
_LONGEST_NUMBER = 60


def safe_svg(data: bytes) -> bytes:
    """Return an SVG that only draws.

    Kept are shapes, text, gradients, patterns, masks, plain filters, styles, and embedded PNG, JPEG and WebP.
    Left out without a word are comments, metadata, editors' notes and animation. Refused is what may do harm:
    scripts and event handlers, foreign content, references to anything but `#id` and embedded pictures,
    entity declarations, circles and explosions of references, absurd sizes.

    Args:
        data: The file as it came, at most a megabyte.

    Returns:
        UTF-8, the same bytes for the same drawing.

    Raises:
        SvgUnsafe: It is refused, or no SVG at all.
    """
    root = read_svg(data)
    _keep_drawing(root)
    _check_size(root)
    elements = [root, *_descendants(root)]
    for element in elements:
        _check_element(element)
    check_references(elements)
    root.attributes = {"xmlns": SVG_SPACE, **root.attributes}
    return root.written().encode()


def _descendants(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _descendants(child)


def _keep_drawing(element: Element) -> None:
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element):
            if child.name not in _DRAWING:
                _refuse_active([child, *_descendants(child)])
                continue
            _keep_drawing(child)
        kept.append(child)
    element.children = kept


def _refuse_active(left_out: list[Element]) -> None:
    """Refuse a script, also of another namespace and deep in something that is left out."""
    for name in (element.name.removeprefix(":") for element in left_out):
        if name in _ACTIVE:
            raise SvgUnsafe(f"it contains {name}")


def _check_size(root: Element) -> None:
    named = (root.attributes.get("width", "100%"), root.attributes.get("height", "100%"))
    sides = [_bounded(name, value) for name, value in zip(("width", "height"), named, strict=True)]
    parts = [part for part in re.split(r"[\s,]+", root.attributes.get("viewBox", "").strip()) if part]
    box = [_bounded("viewBox", part) for part in parts][2:]
    for across, down in (sides, box if len(box) == 2 else (0.0, 0.0)):
        if across * down > MAX_SVG_AREA:
            raise SvgUnsafe(f"it is {across:.0f}x{down:.0f} units, more than {MAX_SVG_AREA} together")


def _bounded(name: str, value: str) -> float:
    """Return a length in pixels; of a share, what it is of a hundred."""
    found = _LENGTH.fullmatch(value[:_LONGEST_NUMBER])
    number = float(found[1]) * _PIXELS.get(found[2] or "", 1.0) if found else math.nan
    if not abs(number) <= MAX_SVG_SIDE:
        raise SvgUnsafe(f"its {name} is {value[:40]!r}, expected a number up to {MAX_SVG_SIDE}")
    return number


def _check_element(element: Element) -> None:
    for name, value in element.attributes.items():
        if name.lower().startswith("on"):
            raise SvgUnsafe(f"it has an event handler ({name[:40]})")
        if name == "href":
            _check_target(value)
        else:
            _check_css(value, is_style=name == "style")
    if element.name == "style":
        _check_css(element.text, is_style=True)
    if element.name in {"feGaussianBlur", "feDropShadow"}:
        _check_blur(element)


def _check_blur(element: Element) -> None:
    for part in element.attributes.get("stdDeviation", "0").replace(",", " ").split():
        found = _LENGTH.fullmatch(part[:_LONGEST_NUMBER])
        if not found or not 0 <= float(found[1]) <= _WORST_BLUR:
            raise SvgUnsafe(f"its blur is {part[:40]!r}, expected a number up to {_WORST_BLUR:.0f}")


def _check_css(value: str, *, is_style: bool) -> None:
    if is_style and (found := _FETCHING.search(value)):
        raise SvgUnsafe(f"its style contains {found[0]!r}, which may fetch something")
    for target in targets_of(value):
        _check_target(target)
    if "javascript:" in value.lower():
        raise SvgUnsafe("it has a javascript: address")


def _check_target(target: str) -> None:
    target = target.strip()
    if target.startswith("#"):
        return
    embedded = _EMBEDDED.fullmatch(target)
    if embedded is None:
        raise SvgUnsafe(f"it refers to {target[:60]!r}; only #id and embedded pictures are taken")
    try:
        open_photo(base64.b64decode(embedded[1], validate=False), _EMBEDDED_LIMITS)
    except (PhotoUnreadable, binascii.Error) as error:
        raise SvgUnsafe(f"a picture in it cannot be used ({error})") from error
