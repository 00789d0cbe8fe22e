"""Small fonts made on the spot: one square for all characters."""

from __future__ import annotations

import io
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from postengine.render.image.fonts import FontFace, read_face


def font(
    family: str = "Squares",
    characters: str = "AB",
    *,
    weight: int = 400,
    weights: tuple[int, int] | None = None,
    italic: bool = False,
    without: tuple[str, ...] = (),
    flavor: str | None = None,
) -> bytes:
    """Return a TrueType font, variable if `weights` are given, without the tables `without`."""
    names = {ord(character): f"u{ord(character):X}" for character in characters}
    glyphs = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **dict.fromkeys(names.values(), _square())})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (900, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"} if family else {})
    builder.setupOS2(usWeightClass=weight, fsSelection=int(italic), sTypoAscender=800, usWinAscent=800)
    builder.setupPost()
    if weights:
        builder.setupFvar(
            [("wdth", 75, 100, 100, "Width"), ("wght", weights[0], weight, weights[1], "Weight")], []
        )
    for tag in without:
        del builder.font[tag]
    builder.font.flavor = flavor
    return _saved(builder.font)


def colour_font(
    paints: dict[str, Any],
    sequences: dict[str, str] | None = None,
    *,
    family: str = "Paint",
    cubic: bool = False,
) -> bytes:
    """Return a font with COLR version 1.

    Args:
        paints: How each character is painted, as fontTools writes it; the outline of all is glyph `square`.
        sequences: Features that join characters (named u1F3E1) to others.
        family: Its name.
        cubic: The square is drawn as a PostScript outline.
    """
    names = {ord(character): f"u{ord(character):X}" for character in paints}
    glyphs = [".notdef", "square", *names.values()]
    builder = FontBuilder(1000, isTTF=not cubic)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(names)
    if cubic:
        builder.setupCFF("Paint", {}, {name: _cubic_square(name == "square") for name in glyphs}, {})
    else:
        empty = TTGlyphPen(None).glyph()
        builder.setupGlyf({name: _square() if name == "square" else empty for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 0)) | {"square": (1000, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.setupCPAL([[(1, 0, 0, 1), (0, 0, 1, 1)]])
    builder.setupCOLR(
        {names[ord(character)]: paint for character, paint in paints.items() if paint}, version=1
    )
    if sequences:
        rules = " ".join(f"sub {parts} by {whole};" for parts, whole in sequences.items())
        builder.addOpenTypeFeatures(f"feature ccmp {{ {rules} }} ccmp;")
    return _saved(builder.font)


def solid(index: int, alpha: float = 1.0) -> dict[str, Any]:
    """Return a square in a colour of the palette: 0 is red, 1 blue, 0xFFFF that of the text."""
    return glyph({"Format": 2, "PaletteIndex": index, "Alpha": alpha})


def glyph(fill: dict[str, Any]) -> dict[str, Any]:
    return {"Format": 10, "Glyph": "square", "Paint": fill}


def face(family: str = "Squares", characters: str = "AB", **facts: Any) -> FontFace:  # noqa: ANN401 - those of `font`
    return read_face(font(family, characters, **facts))


def collection(*fonts: bytes) -> bytes:
    made = TTCollection()
    made.fonts = [TTFont(io.BytesIO(data)) for data in fonts]
    return _saved(made)


def _cubic_square(drawn: bool) -> object:
    pen = T2CharStringPen(1000, None)
    if drawn:
        pen.moveTo((100, 0))
        pen.curveTo((100, 300), (100, 600), (100, 700))
        pen.lineTo((800, 700))
        pen.lineTo((800, 0))
        pen.closePath()
    return pen.getCharString()


def _square() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _saved(made: TTFont | TTCollection) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
