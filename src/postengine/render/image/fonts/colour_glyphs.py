"""Colour glyphs (COLR version 1) as layers of one colour each (version 0), which is what takumi can draw.

Gradients become their mean colour; all else of an emoji font such as Noto Color Emoji stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol, cast

from fontTools import ttLib  # pyright: ignore[reportMissingTypeStubs] - it has none
from fontTools.misc import transform  # pyright: ignore[reportMissingTypeStubs] - it has none
from fontTools.pens import (  # pyright: ignore[reportMissingTypeStubs] - it has none
    recordingPen,
    transformPen,
)

_ttlib = cast("Any", ttLib)
_moved = cast("Any", transformPen)
_recorded = cast("Any", recordingPen)
_STILL = cast("Any", transform).Identity

_LAYERS, _GLYPH, _COLOUR_GLYPH, _COMPOSITE = 1, 10, 11, 32
_SOLIDS, _GRADIENTS = (2, 3), range(4, 10)
_FOREGROUND = 0xFFFF
_MOST_STEPS = 5_000
_DEEPEST = 32

Rgba = tuple[float, float, float, float]
"""Red, green, blue and opacity, 0 to 1."""
Drawing = Sequence[tuple[str, tuple[tuple[float, float], ...]]]
"""An outline as pen commands."""


class _Stop(Protocol):
    StopOffset: float
    PaletteIndex: int
    Alpha: float


class _Stops(Protocol):
    ColorStop: Sequence[_Stop]


class _Mode(Protocol):
    name: str


class _Paint(Protocol):
    """A node of the COLR table; which attributes it has depends on `Format`."""

    Format: int
    Glyph: str
    Paint: _Paint
    PaletteIndex: int
    Alpha: float
    ColorLine: _Stops
    CompositeMode: _Mode
    SourcePaint: _Paint
    BackdropPaint: _Paint

    def getTransform(self) -> Any: ...  # noqa: ANN401, N802
    def getChildren(self, table: object) -> Sequence[_Paint]: ...  # noqa: N802


class Layer(NamedTuple):
    """An outline in one colour; none is the colour of the text."""

    outline: Drawing
    colour: Rgba | None


class ColourGlyphs:
    """The drawings of a font with a COLR table of version 1, read as they are asked for.

    Args:
        data: The font.

    Raises:
        Exception: One of `fonttools.STUMBLES`, here and from all that is done with it.
    """

    def __init__(self, data: bytes) -> None:
        self._font = _ttlib.TTFont(io.BytesIO(data), lazy=True)
        self._table = self._font["COLR"].table
        self._palette = self._font["CPAL"].palettes[0]
        self._glyphs = self._font.getGlyphSet()
        self._steps = 0

    @property
    def units_per_em(self) -> int:
        """The size of the square in which outlines are drawn."""
        return int(self._font["head"].unitsPerEm)

    @property
    def ascent_descent(self) -> tuple[int, int]:
        """The height above the base line and the depth below it; the second is negative."""
        line = self._font["hhea"]
        return int(line.ascent), int(line.descent)

    def advance(self, glyph: str) -> int:
        """Return how far the pen moves on after a glyph."""
        return int(self._font["hmtx"][glyph][0])

    @cached_property
    def characters(self) -> Mapping[int, str]:
        """The glyphs of single code points."""
        return dict(self._font.getBestCmap())

    @cached_property
    def sequences(self) -> Mapping[tuple[str, ...], str]:
        """The glyphs of sequences of glyphs: families, flags, skin tones; without variation selectors."""
        if "GSUB" not in self._font:
            return {}
        return {
            (first, *ligature.Component): ligature.LigGlyph
            for lookup in self._font["GSUB"].table.LookupList.Lookup
            for table in lookup.SubTable
            for first, ligatures in getattr(table, "ligatures", {}).items()
            for ligature in ligatures
        }

    @cached_property
    def painted(self) -> Mapping[str, object]:
        """The glyphs that have colours."""
        return {record.BaseGlyph: record.Paint for record in self._table.BaseGlyphList.BaseGlyphPaintRecord}

    def layers(self, glyph: str) -> list[Layer]:
        """Return what a glyph is painted with, bottom to top; empty if it has no colours."""
        paint = self.painted.get(glyph)
        self._steps = 0
        return list(self._walk(cast("_Paint", paint), _STILL, 0)) if paint else []

    def _walk(self, paint: _Paint, moved: Any, depth: int) -> Iterator[Layer]:  # noqa: ANN401
        self._steps += 1
        if depth > _DEEPEST or self._steps > _MOST_STEPS:
            raise RecursionError("a glyph is painted without end")
        if paint.Format == _GLYPH:
            yield Layer(self._outline(paint.Glyph, moved), self._colour(paint.Paint))
        elif paint.Format == _COMPOSITE:
            for part in _seen_parts(paint):
                yield from self._walk(part, moved, depth + 1)
        else:
            if paint.Format not in {_LAYERS, _COLOUR_GLYPH}:
                moved = moved.transform(paint.getTransform())
            for child in paint.getChildren(self._table):
                yield from self._walk(child, moved, depth + 1)

    def _colour(self, paint: _Paint) -> Rgba | None:
        while paint.Format not in _SOLIDS and paint.Format not in _GRADIENTS:
            paint = paint.getChildren(self._table)[0]
        if paint.Format in _SOLIDS:
            return self._entry(paint.PaletteIndex, paint.Alpha)
        stops = [self._entry(stop.PaletteIndex, stop.Alpha) for stop in paint.ColorLine.ColorStop]
        known = [stop for stop in stops if stop]
        return (
            cast("Rgba", tuple(sum(part) / len(known) for part in zip(*known, strict=True)))
            if known
            else None
        )

    def _entry(self, index: int, alpha: float) -> Rgba | None:
        if index == _FOREGROUND:
            return None
        colour = self._palette[index]
        return colour.red / 255, colour.green / 255, colour.blue / 255, colour.alpha / 255 * alpha

    def _outline(self, glyph: str, moved: Any) -> Drawing:  # noqa: ANN401
        pen = _recorded.DecomposingRecordingPen(self._glyphs)
        self._glyphs[glyph].draw(_moved.TransformPen(pen, moved))
        return cast("Drawing", pen.value)


def _seen_parts(paint: _Paint) -> tuple[_Paint, ...]:
    """Return what is seen of a blend, near enough: what shades a flag is left out, what cuts it as well."""
    if paint.CompositeMode.name == "SRC_OVER":
        return paint.BackdropPaint, paint.SourcePaint
    return (paint.SourcePaint,) if paint.CompositeMode.name == "SRC_IN" else (paint.BackdropPaint,)
