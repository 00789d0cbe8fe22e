"""What is inside a font file, and the file as a drawing engine takes it.

A font comes from anybody: whatever fontTools stumbles over becomes a `FontUnreadable`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from postengine.render.errors import FontUnreadable

from .fonttools import STUMBLES, Font, open_font, woff2_pieces

MAX_FONT_BYTES = 64 << 20
"""A whole East Asian family with its weights takes 35 MB; more than this is no font for pictures."""

_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name")
_OUTLINES = ("glyf", "CFF ", "CFF2", "COLR", "sbix", "CBDT")
_NOT_IN_CSS = "\"'\\,;{}()<>"
_LONGEST_NAME = 100
_NAME_HEADER, _NAME_RECORD = 6, 12


@dataclass(frozen=True)
class Axis:
    """An axis of a variable font, such as `wght`."""

    tag: str
    least: float
    default: float
    most: float


@dataclass(frozen=True)
class FontFacts:
    """What a font file says of itself.

    Attributes:
        family: Its typographic family, fit for a style; empty if it names none.
        weights: The lightest and the heaviest it can be drawn in; the same twice if it is not variable.
        italic: It slants.
        axes: In the file's order; empty if it is not variable.
    """

    family: str
    weights: tuple[int, int]
    italic: bool
    axes: tuple[Axis, ...]


def font_facts(data: bytes, name: str) -> FontFacts:
    """Read what a TrueType or OpenType font is.

    Args:
        data: The file.
        name: What an error calls it.

    Raises:
        FontUnreadable: It is none, or not whole.
    """
    try:
        with open_font(data) as font:
            _check_tables(font, data, name)
            axes = _axes(font)
            return FontFacts(_family(font), _weights(font, axes), _is_italic(font), axes)
    except STUMBLES as error:
        raise FontUnreadable(name, f"it cannot be read ({_brief(error)})") from error


def covered_by(data: bytes, name: str) -> frozenset[int]:
    """Return the code points that a font has a glyph for; at least one.

    Apart from `font_facts`, which takes ten times as long.

    Args:
        data: The file.
        name: What an error calls it.

    Raises:
        FontUnreadable: It is none, or not whole.
    """
    try:
        with open_font(data) as font:
            _check_tables(font, data, name)
            covered = frozenset(int(code) for code in font.getBestCmap() or ())
    except STUMBLES as error:
        raise FontUnreadable(name, f"it cannot be read ({_brief(error)})") from error
    if not covered:
        raise FontUnreadable(name, "it maps no characters")
    return covered


def plain_font(data: bytes, name: str, number: int = 0) -> bytes:
    """Return a font as TrueType or OpenType: unpacked if it is WOFF2, alone if it is in a collection.

    Args:
        data: The file.
        name: What an error calls it.
        number: Which font of a collection (`.ttc`), from 0.

    Raises:
        FontUnreadable: It is none of these, not whole, or too large.
    """
    if len(data) > MAX_FONT_BYTES:
        raise FontUnreadable(name, f"it takes more than {MAX_FONT_BYTES >> 20} MiB")
    if data[:4] not in {b"wOF2", b"ttcf"}:
        return data
    try:
        if data[:4] == b"wOF2":
            _check_unpacked_size(data, name)
        with open_font(data, number) as font:
            font.flavor = None
            plain = io.BytesIO()
            font.save(plain)
            return plain.getvalue()
    except STUMBLES as error:
        raise FontUnreadable(name, f"it cannot be unpacked ({_brief(error)})") from error


def _check_unpacked_size(data: bytes, name: str) -> None:
    """Stop where fontTools would unpack any size at one go."""
    size = 0
    for grown in woff2_pieces(data):
        size += grown
        if size > MAX_FONT_BYTES:
            raise FontUnreadable(name, f"it unpacks to more than {MAX_FONT_BYTES >> 20} MiB")


def _check_tables(font: Font, data: bytes, name: str) -> None:
    for tag in _NEEDED:
        if tag not in font:
            raise FontUnreadable(name, f"it has no table {tag!r}")
    if not any(tag in font for tag in _OUTLINES):
        raise FontUnreadable(name, "it has no outlines")
    for tag, entry in font.reader.tables.items():
        if entry.offset + entry.length > len(data):
            raise FontUnreadable(name, f"it is cut short in table {tag.strip()!r}")
    names = font.reader["name"]
    # fontTools would log a line for each name that is not there.
    if _NAME_HEADER + _NAME_RECORD * int.from_bytes(names[2:4], "big") > len(names):
        raise FontUnreadable(name, "it is cut short in table 'name'")


def _family(font: Font) -> str:
    said = str(font["name"].getBestFamilyName() or "")
    kept = "".join(c for c in said if c.isprintable() and c not in _NOT_IN_CSS)
    return kept.strip()[:_LONGEST_NAME]


def _axes(font: Font) -> tuple[Axis, ...]:
    if "fvar" not in font:
        return ()
    return tuple(
        Axis(str(axis.axisTag), float(axis.minValue), float(axis.defaultValue), float(axis.maxValue))
        for axis in font["fvar"].axes
    )


def _weights(font: Font, axes: tuple[Axis, ...]) -> tuple[int, int]:
    for axis in axes:
        if axis.tag == "wght":
            return int(axis.least), int(axis.most)
    weight = int(font["OS/2"].usWeightClass) if "OS/2" in font else 400
    return weight, weight


def _is_italic(font: Font) -> bool:
    slants = bool(font["head"].macStyle & 2)
    return slants or ("OS/2" in font and bool(font["OS/2"].fsSelection & 1))


def _brief(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:80]
