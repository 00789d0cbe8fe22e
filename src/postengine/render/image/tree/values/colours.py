"""Colours: what CSS Color Level 4 knows and the drawing engine takes, and their values in sRGB."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PIL import ImageColor

from .css import CssInvalid, Reader, Token
from .lengths import angle, number
from .property import checked

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_POLAR = ("hsl", "hwb", "lch", "oklch")
_FLAT = (
    "srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020", "xyz", "xyz-d50", "xyz-d65"
)  # fmt: skip
_SPACES = (*_POLAR, "lab", "oklab", *_FLAT)
_LARGEST = {"lab": (100, 200), "lch": (100, 230), "oklab": (1, 1), "oklch": (1, 1)}
"""Of each space the largest lightness, and the largest other component."""

_byte = number(0, 255)
_share = number(0, 1, percent=True)
_percent = number(0, 100)


class Rgba(NamedTuple):
    """A colour in sRGB: red, green and blue from 0 to 255, alpha from 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0


def parse_colour(text: str) -> Rgba | None:
    """Return a CSS colour as sRGB.

    Known are hexadecimal, `rgb()`, `hsl()`, `hwb()` and named colours.

    Returns:
        None for what depends on something else (`currentcolor`), lies in another space, or is no colour.

    >>> parse_colour("rgb(10 31 68 / 50%)")
    Rgba(red=10, green=31, blue=68, alpha=0.5)
    """
    try:
        return checked(read_colour, text)[1]
    except CssInvalid:
        return None


def read_colour(reader: Reader) -> Rgba | None:
    """Read a colour; return it where it can be told in sRGB."""
    token = reader.next()
    if token.kind == "hash":
        return _hex(token)
    if token.kind == "word":
        return _named(token)
    if token.kind != "function":
        raise CssInvalid(f"{token.text!r} is no colour")
    read = _FUNCTIONS.get(token.name)
    if read is None:
        raise CssInvalid(f"{token.text + ')'!r} is no colour")
    return read(reader)


def read_space(reader: Reader) -> None:
    """Read the space in which colours are mixed, after `in`: `oklab`, `hsl longer hue`."""
    space = reader.word(*_SPACES)
    if space is None:
        raise CssInvalid("a colour space was to follow 'in'")
    way = reader.word("shorter", "longer", "increasing", "decreasing") if space in _POLAR else None
    if way is not None and reader.word("hue") is None:
        raise CssInvalid(f"'hue' was to follow {way!r}")


def _hex(token: Token) -> Rgba:
    if not _HEX.fullmatch(token.text):
        raise CssInvalid(f"{token.text!r} is no colour; write #rgb, #rgba, #rrggbb or #rrggbbaa")
    digits = token.text[1:]
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *alpha = bytes.fromhex(digits)
    return Rgba(red, green, blue, round(alpha[0] / 255, 4) if alpha else 1.0)


def _named(token: Token) -> Rgba | None:
    name = token.name
    if name == "currentcolor":
        return None
    if name == "transparent":
        return Rgba(0, 0, 0, 0.0)
    known = ImageColor.colormap.get(name)
    if known is None:
        raise CssInvalid(f"{token.text!r} is no colour's name")
    red, green, blue, *_ = ImageColor.getrgb(name)
    return Rgba(red, green, blue)


def _rgb(reader: Reader) -> Rgba:
    red = _channel(reader)
    commas = reader.mark(",")
    green = _channel(reader)
    _separate(reader, commas=commas)
    blue = _channel(reader)
    return Rgba(red, green, blue, _alpha(reader, commas=commas))


def _channel(reader: Reader) -> int:
    if (token := reader.take("percentage")) is not None:
        if not 0 <= token.value <= 100:
            raise CssInvalid("percentages here go from 0 to 100")
        return round(token.value * 2.55)
    return round(_byte(reader))


def _hsl(reader: Reader) -> Rgba:
    hue = angle(reader, bare=True)
    commas = reader.mark(",")
    saturation = _hundredth(reader)
    _separate(reader, commas=commas)
    lightness = _hundredth(reader)
    alpha = _alpha(reader, commas=commas)
    red, green, blue = colorsys.hls_to_rgb(hue / 360 % 1, lightness, saturation)
    return Rgba(round(red * 255), round(green * 255), round(blue * 255), alpha)


def _hwb(reader: Reader) -> Rgba:
    hue = angle(reader, bare=True)
    white = _hundredth(reader)
    black = _hundredth(reader)
    alpha = _alpha(reader, commas=False)
    if white + black > 1:
        white, black = white / (white + black), black / (white + black)
    pure = colorsys.hls_to_rgb(hue / 360 % 1, 0.5, 1)
    red, green, blue = (round((channel * (1 - white - black) + white) * 255) for channel in pure)
    return Rgba(red, green, blue, alpha)


def _lab(name: str, reader: Reader) -> None:
    lightness, other = _LARGEST[name]
    _component(reader, 0, lightness)
    if name.endswith("lch"):
        _component(reader, 0, other)
        angle(reader, bare=True)
    else:
        _component(reader, -other, other)
        _component(reader, -other, other)
    _alpha(reader, commas=False)


def _component(reader: Reader, least: float, most: float) -> None:
    if (token := reader.take("percentage")) is None:
        number(least, most)(reader)
    elif abs(token.value) > 100 or (least == 0 and token.value < 0):
        raise CssInvalid("that percentage is out of range")


def _flat(reader: Reader) -> None:
    if reader.word(*_FLAT) is None:
        raise CssInvalid(f"color() knows the spaces {', '.join(_FLAT)}")
    for _ in range(3):
        _share(reader)
    _alpha(reader, commas=False)


def _mixed(reader: Reader) -> None:
    if reader.word("in") is None:
        raise CssInvalid("color-mix() begins with the space: color-mix(in oklab, red, blue)")
    read_space(reader)
    shares = 0.0
    for _ in range(2):
        reader.need(",")
        shares += _part(reader)
    if not shares:
        raise CssInvalid("color-mix() needs a share above 0 %")
    reader.need(")")


def _part(reader: Reader) -> float:
    share = _percentage(reader)
    if reader.word("currentcolor"):
        raise CssInvalid("color-mix() cannot mix currentcolor")
    read_colour(reader)
    share = _percentage(reader) if share is None else share
    return 1.0 if share is None else share


def _percentage(reader: Reader) -> float | None:
    if (token := reader.take("percentage")) is None:
        return None
    if not 0 <= token.value <= 100:
        raise CssInvalid("shares go from 0 to 100 %")
    return token.value


def _hundredth(reader: Reader) -> float:
    if (token := reader.take("percentage")) is None:
        return _percent(reader) / 100
    if not 0 <= token.value <= 100:
        raise CssInvalid("percentages here go from 0 to 100")
    return token.value / 100


def _separate(reader: Reader, *, commas: bool) -> None:
    if commas:
        reader.need(",")


def _alpha(reader: Reader, *, commas: bool) -> float:
    alpha = _share(reader) if reader.mark("," if commas else "/") else 1.0
    reader.need(")")
    return alpha


_FUNCTIONS: dict[str, Callable[[Reader], Rgba | None]] = {
    "rgb": _rgb,
    "rgba": _rgb,
    "hsl": _hsl,
    "hsla": _hsl,
    "hwb": _hwb,
    **{name: partial(_lab, name) for name in _LARGEST},
    "color": _flat,
    "color-mix": _mixed,
}
