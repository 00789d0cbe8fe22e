"""Grounds: gradients and pictures, their places, sizes and repeats, and the `background` of them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from .colours import read_colour, read_space
from .css import MOST_URL_CHARACTERS, UNDRAWABLE, CssInvalid, Reader, Token, shortened, tokens
from .lengths import LONGEST_PX, Measure, angle, one_of

MOST_LAYERS = 8
_MOST_STOPS = 32

_ACROSS = ("left", "right")
_DOWN = ("top", "bottom")
_AREAS = ("border-box", "padding-box", "content-box")
_REPEATS = ("repeat", "no-repeat", "space", "round")
_EXTENTS = ("closest-side", "farthest-side", "closest-corner", "farthest-corner")
_GRADIENTS = tuple(
    f"{again}{form}-gradient" for again in ("", "repeating-") for form in ("linear", "radial", "conic")
)
_COSTS = {
    "conic-gradient": 2,
    "repeating-linear-gradient": 2,
    "repeating-radial-gradient": 4,
    "repeating-conic-gradient": 4,
}
_HIGHEST_COST = 8
_DATA_URI = re.compile(r"data:image/[a-z0-9.+-]+(?:;[a-z0-9=-]+)*,.+", re.IGNORECASE | re.DOTALL)
_MOST_NAME = 2_000

_stop = Measure(least=-LONGEST_PX)
_place = Measure(least=-LONGEST_PX)
_extent = Measure(words=("auto",))
_radius = Measure()


def read_source(text: str) -> str:
    """Return what a picture is drawn from: a name under which it is handed over, or a `data:image/…` URI.

    Raises:
        CssInvalid: It is neither.
    """
    if UNDRAWABLE.search(text):
        raise CssInvalid("control characters and unpaired surrogates cannot stand in it")
    if text[:5].lower() == "data:":
        if len(text) > MOST_URL_CHARACTERS or not _DATA_URI.fullmatch(text):
            raise CssInvalid(
                f"a data URI begins with data:image/ and has at most {MOST_URL_CHARACTERS:,} characters"
            )
    elif not 0 < len(text) <= _MOST_NAME:
        raise CssInvalid(f"a picture's name has 1 to {_MOST_NAME:,} characters")
    return text


def read_image(reader: Reader) -> int:
    """Read a gradient or `url(…)`; return what it costs to draw, in units of about 15 ms."""
    if (token := reader.take("url")) is not None:
        read_source(_unquoted(token))
        return 1
    name = reader.function(*_GRADIENTS)
    if name is None:
        came = shortened(reader.ahead.text) if reader.ahead else "the end"
        raise CssInvalid(f"a gradient or url(…) was to come before {came}")
    if name.endswith("linear-gradient"):
        _stops(reader, _stop, has_start=_before_stops(reader, _towards))
    elif name.endswith("radial-gradient"):
        _stops(reader, _stop, has_start=_before_stops(reader, _round))
    else:
        _stops(reader, _angle_or_share, has_start=_before_stops(reader, _turning))
    return _COSTS.get(name, 1)


def read_images(reader: Reader) -> None:
    """Read `none`, or layers of images, of which others than the first may be `none`."""
    if reader.word("none"):
        return
    costs = [read_image(reader)]
    if reader.mark(","):
        costs += reader.series(_image_or_none, MOST_LAYERS - 1, "layers")
    _affordable(costs)


def named_in(css: str) -> tuple[str, ...]:
    """Return what every `url(…)` in a checked value names.

    >>> named_in("url(sky) no-repeat, linear-gradient(red, blue)")
    ('sky',)
    """
    if "url(" not in css.lower():
        return ()
    return tuple(token.text[4:-1].strip(" \t\n").strip("\"'") for token in tokens(css) if token.kind == "url")


def read_position(reader: Reader) -> None:
    """Read where a picture lies: `center`, `left 10%`, `10px 20px`."""
    first = _position_part(reader, (*_ACROSS, *_DOWN, "center"))
    taken = _ACROSS if first in _ACROSS else _DOWN if first in _DOWN else ()
    others = tuple(word for word in (*_ACROSS, *_DOWN, "center") if word not in taken)
    reader.maybe(lambda reader: _position_part(reader, others))


def read_size(reader: Reader) -> None:
    """Read how large a picture is drawn: `cover`, `contain`, `10px auto`."""
    if reader.word("cover", "contain") is None:
        reader.row(_extent, 2)


def tiles_px(css: float | str, width_px: float, height_px: float, *, is_shorthand: bool = False) -> float:
    """Return how many pixels the pictures of a checked value have together, on a box of so many pixels.

    No fewer than there will be: `auto` counts like the other side; `cover` and `contain` do not count.

    Args:
        css: Of `background-size` or `mask-size`.
        width_px: Of the box.
        height_px: Of the box.
        is_shorthand: It is of `background` or `mask`, where a size follows a slash.

    >>> tiles_px("50% 10px, 20px auto", 100, 100)
    900.0
    >>> tiles_px("url(sky) center / 30px, red", 100, 100, is_shorthand=True)
    900.0
    """
    if not isinstance(css, str):
        return css * css
    reader = Reader(list(tokens(css)))
    before = "/" if is_shorthand else ","
    starts = [at + 1 for at, token in enumerate(reader.tokens) if token.text == before]
    total = 0.0
    for reader.at in starts if is_shorthand else (0, *starts):
        sides: list[float] = []
        reader.maybe(partial(_add_side, sides, width_px))
        reader.maybe(partial(_add_side, sides, height_px))
        total += (sides[0] or sides[-1]) * (sides[-1] or sides[0]) if sides else 0.0
    return total


def _add_side(sides: list[float], whole_px: float, reader: Reader) -> None:
    start = reader.at
    side = _extent(reader)
    is_share = any(token.kind == "percentage" for token in reader.tokens[start : reader.at])
    sides.append(side * whole_px / 100 if is_share else side)


def read_repeat(reader: Reader) -> None:
    """Read how a picture is repeated."""
    if reader.word("repeat-x", "repeat-y") is None:
        reader.row(one_of(*_REPEATS), 2)


def layers(read: Callable[[Reader], object]) -> Callable[[Reader], None]:
    """Return a reader of one value for each layer."""

    def read_layers(reader: Reader) -> None:
        reader.series(read, MOST_LAYERS, "layers")

    return read_layers


def read_background(reader: Reader) -> None:
    """Read `background`: layers of images, and under the last one a colour."""
    if not reader.word("none"):
        _layers(reader, with_colour=True)


def read_mask(reader: Reader) -> None:
    """Read `mask`: layers of images."""
    if not reader.word("none"):
        _layers(reader, with_colour=False)


def _image_or_none(reader: Reader) -> int:
    return 0 if reader.word("none") else read_image(reader)


def _affordable(costs: list[int]) -> None:
    if sum(costs) > _HIGHEST_COST:
        raise CssInvalid("so many gradients take too long to draw, repeating ones above all")


def _unquoted(token: Token) -> str:
    return token.text[4:-1].strip(" \t\n").strip("\"'")


def _layers(reader: Reader, *, with_colour: bool) -> None:
    costs: list[int] = []
    while True:
        parts = _layer(reader, with_colour=with_colour)
        costs.append(parts.get("image", 0))
        if not reader.mark(","):
            break
        if "colour" in parts:
            raise CssInvalid("a colour may stand in the last layer only")
        if len(costs) == MOST_LAYERS:
            raise CssInvalid(f"there may be at most {MOST_LAYERS} layers")
    _affordable(costs)


def _layer(reader: Reader, *, with_colour: bool) -> dict[str, int]:
    """Read one layer; return its parts, an image with what it costs."""
    parts: dict[str, int] = {}
    while reader.ahead is not None and reader.ahead.text not in (",", ")"):
        part, cost = _layer_part(reader, with_colour=with_colour)
        if part in parts:
            raise CssInvalid(f"a layer has one {part}")
        parts[part] = cost
    if not parts:
        raise CssInvalid("a layer is empty")
    return parts


def _layer_part(reader: Reader, *, with_colour: bool) -> tuple[str, int]:
    ahead = reader.ahead
    if ahead is not None and (ahead.kind == "url" or ahead.name.endswith("-gradient")):
        return "image", read_image(reader)
    if reader.word(*_AREAS, "text"):
        return "area", 0
    if reader.maybe(read_repeat):
        return "repeat", 0
    if reader.maybe(read_position):
        if reader.mark("/"):
            read_size(reader)
        return "position", 0
    if with_colour:
        read_colour(reader)
        return "colour", 0
    raise CssInvalid(f"{shortened(ahead.text if ahead else '')} is no part of a layer")


def _position_part(reader: Reader, words: tuple[str, ...]) -> str:
    word = reader.word(*words)
    if word is None:
        _place(reader)
    return word or ""


def _before_stops(reader: Reader, read: Callable[[Reader], bool]) -> bool:
    """Read what stands before a gradient's colours: its geometry and the space, each if it is there."""
    has_space = _space(reader)
    has_geometry = read(reader)
    return (not has_space and _space(reader)) or has_space or has_geometry


def _space(reader: Reader) -> bool:
    if reader.word("in") is None:
        return False
    read_space(reader)
    return True


def _towards(reader: Reader) -> bool:
    if reader.word("to") is None:
        return reader.maybe(angle)
    first = reader.at
    side = one_of(*_ACROSS, *_DOWN)(reader)
    if reader.word(*(_DOWN if side in _ACROSS else _ACROSS)) and side in _ACROSS:
        # CSS takes both orders; the engine only "top left".
        found = reader.tokens
        found[first], found[first + 1] = found[first + 1], found[first]
    return True


def _round(reader: Reader) -> bool:
    start = reader.at
    shape = reader.word("circle", "ellipse")
    if reader.word(*_EXTENTS) is None:
        sizes = _radii(reader)
        shape = shape or reader.word("circle", "ellipse")
        if sizes and sizes != {"circle": 1, "ellipse": 2}.get(shape or "", sizes):
            raise CssInvalid("a circle has one radius, an ellipse two")
    elif shape is None:
        reader.word("circle", "ellipse")
    if reader.word("at"):
        read_position(reader)
    return reader.at > start


def _radii(reader: Reader) -> int:
    ahead = reader.ahead
    if ahead is None or not (ahead.kind in ("number", "dimension", "percentage") or ahead.name == "calc"):
        return 0
    return len(reader.row(_radius, 2))


def _turning(reader: Reader) -> bool:
    start = reader.at
    if reader.word("from"):
        angle(reader)
    if reader.word("at"):
        read_position(reader)
    return reader.at > start


def _stops(reader: Reader, read: Callable[[Reader], object], *, has_start: bool) -> None:
    if has_start:
        reader.need(",")
    kinds = reader.series(lambda reader: _stop_or_hint(reader, read), _MOST_STOPS, "colours in a gradient")
    if "hint" in (kinds[0], kinds[-1]) or ("hint", "hint") in pairwise(kinds):
        raise CssInvalid("a gradient's hint stands between two colours")
    reader.need(")")


def _stop_or_hint(reader: Reader, read: Callable[[Reader], object]) -> str:
    ahead = reader.ahead
    if ahead is not None and (ahead.kind in ("number", "dimension", "percentage") or ahead.name == "calc"):
        read(reader)
        return "hint"
    read_colour(reader)
    if reader.ahead is not None and reader.ahead.text not in (",", ")"):
        reader.row(read, 2)
    return "colour"


def _angle_or_share(reader: Reader) -> None:
    if (token := reader.take("percentage")) is None:
        angle(reader)
    elif abs(token.value) > LONGEST_PX:
        raise CssInvalid("that percentage is out of all proportion")
