"""Emoji in colour: a small font for the emoji of a text, made from a large one that takumi cannot draw."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast

from fontTools import fontBuilder  # pyright: ignore[reportMissingTypeStubs] - it has none
from fontTools.pens import cu2quPen, ttGlyphPen  # pyright: ignore[reportMissingTypeStubs] - it has none

from postengine.render.errors import FontUnreadable

from .colour_glyphs import ColourGlyphs, Drawing, Rgba
from .face import FontFace
from .fonttools import STUMBLES

_builder = cast("Any", fontBuilder)
_pens = cast("Any", ttGlyphPen)
_quadratic = cast("Any", cu2quPen)

_AS_EMOJI, _AS_TEXT = "\ufe0f", "\ufe0e"
_LONGEST = 12
_TOLERANCE = 1.0  # font units
_FOREGROUND = 0xFFFF

MOST_EMOJI = 100
"""Different ones in one text; each takes a hundredth of a second to make."""


class Span(NamedTuple):
    """Where an emoji stands in a text: from the first character to before `end`."""

    start: int
    end: int


def emoji_in(text: str, emoji: FontFace, covered: frozenset[int]) -> list[Span]:
    """Return the emoji of a text, in order, each with its skin tone, joined parts and selectors.

    A sign that `covered` (the characters of the text's own fonts) has is one only with U+FE0F behind it.

    Raises:
        FontUnreadable: The emoji font is junk.
    """
    if text.isascii():
        return []
    try:
        return list(_spans(text, _glyphs_of(emoji), covered))
    except STUMBLES as error:
        raise FontUnreadable(emoji.name, "its colours cannot be read") from error


@lru_cache(maxsize=256)
def emoji_face(emoji: FontFace, wanted: frozenset[str]) -> FontFace:
    """Return a font with these emoji alone, flat and in colour; its family's name is different for each set.

    Raises:
        FontUnreadable: The emoji font is junk.
    """
    mark = hashlib.sha256("\0".join(sorted(wanted)).encode()).hexdigest()[:12]
    family = f"{emoji.family} {mark}"
    try:
        data = _built(_glyphs_of(emoji), family, sorted(wanted))
    except STUMBLES as error:
        raise FontUnreadable(emoji.name, "its colours cannot be read") from error
    return FontFace(family, data)


@lru_cache(maxsize=4)
def _glyphs_of(emoji: FontFace) -> ColourGlyphs:
    return ColourGlyphs(emoji.read())


def _spans(text: str, glyphs: ColourGlyphs, covered: frozenset[int]) -> Iterator[Span]:
    at = 0
    while at < len(text):
        end = _end_of(text, at, glyphs, covered)
        if end > at:
            yield Span(at, end)
        at = max(end, at + 1)


def _end_of(text: str, at: int, glyphs: ColourGlyphs, covered: frozenset[int]) -> int:
    """Return where the emoji that begins at `at` ends; `at` itself if none does."""
    name = glyphs.characters.get(ord(text[at]))
    if name is None:
        return at
    following = at + 1
    selector = text[following : following + 1]
    end = at
    if selector == _AS_EMOJI or (ord(text[at]) not in covered and selector != _AS_TEXT):
        end = following if name in glyphs.painted else at
    sequence = [name]
    while following < len(text) and len(sequence) < _LONGEST:
        part = glyphs.characters.get(ord(text[following]))
        following += 1
        if text[following - 1] == _AS_EMOJI:
            end = following if end == following - 1 else end
            continue
        if part is None:
            break
        sequence.append(part)
        if tuple(sequence) in glyphs.sequences:
            end = following
    return end


def _built(glyphs: ColourGlyphs, family: str, wanted: list[str]) -> bytes:
    names = {ord(c): f"u{ord(c):X}" for emoji in wanted for c in emoji}
    sources = {names[code]: glyphs.characters.get(code) for code in names}
    rules: list[str] = []
    for emoji in wanted:
        parts = tuple(glyphs.characters[ord(c)] for c in emoji if c != _AS_EMOJI)
        drawn = glyphs.sequences.get(parts, parts[0])
        if len(emoji) > 1:
            whole = f"whole{len(rules)}"
            sources[whole] = drawn
            rules.append(f"sub {' '.join(names[ord(c)] for c in emoji)} by {whole};")
    return _font(glyphs, family, names, sources, rules)


def _font(
    glyphs: ColourGlyphs,
    family: str,
    names: Mapping[int, str],
    sources: Mapping[str, str | None],
    rules: list[str],
) -> bytes:
    outlines: dict[str, object] = {".notdef": _glyph(())}
    colours: dict[Rgba, int] = {}
    painted: dict[str, list[tuple[str, int]]] = {}
    for name, source in sources.items():
        outlines[name] = _glyph(())
        for number, layer in enumerate(glyphs.layers(source) if source else ()):
            part = f"{name}.{number}"
            outlines[part] = _glyph(layer.outline)
            index = colours.setdefault(layer.colour, len(colours)) if layer.colour else _FOREGROUND
            painted.setdefault(name, []).append((part, index))
    builder = _builder.FontBuilder(glyphs.units_per_em, isTTF=True)
    builder.setupGlyphOrder(list(outlines))
    builder.setupCharacterMap(names)
    builder.setupGlyf(outlines)
    widths = {name: glyphs.advance(source) if source else 0 for name, source in sources.items()}
    # An outline whose side bearing is not its left edge would be drawn at another place.
    drawn = builder.font["glyf"].glyphs
    lefts = {name: int(getattr(drawn[name], "xMin", 0)) for name in outlines}
    builder.setupHorizontalMetrics({name: (widths.get(name, 0), lefts[name]) for name in outlines})
    ascent, descent = glyphs.ascent_descent
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    builder.setupPost(keepGlyphNames=False)
    if painted:
        builder.setupCPAL([list(colours) or [(0.0, 0.0, 0.0, 1.0)]])
        builder.setupCOLR(painted)
    if rules:
        builder.addOpenTypeFeatures(f"feature ccmp {{ {' '.join(rules)} }} ccmp;")
    file = io.BytesIO()
    builder.font.save(file)
    return file.getvalue()


def _glyph(outline: Drawing) -> object:
    pen = _pens.TTGlyphPen(None)
    quadratic = _quadratic.Cu2QuPen(pen, _TOLERANCE)
    for command, points in outline:
        getattr(quadratic, command)(*points)
    return pen.glyph(dropImpliedOnCurves=False)
