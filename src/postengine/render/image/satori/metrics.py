"""How high a line of a font is; Satori rounds every line to whole pixels.

Source: OpenType 1.9.1, tables `head`, `hhea`, `OS/2` and `post`.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import ImageFont

from postengine.render.errors import FontUnreadable
from postengine.render.image.fonts import FontFace

_USE_TYPO = 1 << 7
"""The bit of fsSelection by which a font asks for its typographic metrics; Satori does not look at it."""


@dataclass(frozen=True)
class Line:
    """How a font's letters stand in a line, in ems.

    Attributes:
        ascent: Above the baseline, as Satori reads it.
        descent: Below the baseline, as Satori reads it.
        drawn_ascent: As the drawing engine reads it; differs where a font asks for its typographic metrics.
        drawn_descent: The same below the baseline.
        underline: How far below the baseline the engine draws an underline of its own accord.
    """

    ascent: float
    descent: float
    drawn_ascent: float
    drawn_descent: float
    underline: float

    def decorated(self, font_px: float, line_height: float | None, lines: str) -> dict[str, object]:
        """Return how Satori draws lines under, over or through texts, in terms of an underline.

        Args:
            font_px: Font size.
            line_height: As a multiple of it; None for `normal`.
            lines: Value of `textDecorationLine`.
        """
        content = (self.ascent + self.descent) * font_px
        height = content if line_height is None else line_height * font_px
        baseline = self.ascent * font_px + (height - content) / 2
        thickness = max(1.0, font_px * 0.1)
        centre = {"underline": 0.1, "line-through": -0.3}.get(lines, -1.0) * baseline
        return {
            "textDecorationLine": "underline",
            "textDecorationThickness": thickness,
            "textUnderlineOffset": centre - thickness / 2 - self.underline * font_px,
        }

    def placed(self, font_px: float, line_height: float | None) -> tuple[int, int]:
        """Return the height of a line, and how much lower than the engine's Satori's baseline is, in pixels.

        Args:
            font_px: Font size.
            line_height: As a multiple of it; None for `normal`.
        """
        content = (self.ascent + self.descent) * font_px
        height = content if line_height is None else line_height * font_px
        line = _round(height)
        baseline = _round(self.ascent * font_px + (height - content) / 2)
        above, below = _round(self.drawn_ascent * font_px), _round(self.drawn_descent * font_px)
        drawn = above + math.floor((line - above - below) / 2)
        return line, baseline - drawn


class FontMetrics:
    """Knows which of the fonts a text is set in, and how that stands in its lines.

    Args:
        faces: In order of preference; none if they are not known.

    Raises:
        FontUnreadable: One is not a font.
    """

    def __init__(self, faces: Iterable[FontFace]) -> None:
        self._faces: dict[str, FontFace] = {}
        self._all = tuple(faces)
        for face in self._all:
            self._faces.setdefault(face.family.lower(), face)
        self._measuring: dict[FontFace, ImageFont.FreeTypeFont] = {}
        self._lines = {name: _line(face) for name, face in self._faces.items()}

    def families(self, asked: object) -> object:
        """Return the families that are there among those asked for; the first of all, if none is."""
        if not self._faces:
            return asked
        found = [self._faces[name].family for name in _names(asked) if name in self._faces]
        return ", ".join(f'"{name}"' for name in found or [next(iter(self._faces.values())).family])

    def chosen(self, families: object, weight: object, style: object) -> dict[str, object]:
        """Return weight and slant of the face that is nearest: Satori neither thickens nor slants letters.

        Source: CSS Fonts 4, section 5.2, steps 4.3 and 4.4.
        """
        nearest = self.face(families, weight, style)
        if nearest is None:
            return {}
        held = min(max(_weight(weight), nearest.weights[0]), nearest.weights[1])
        return {"fontWeight": held, "fontStyle": "italic" if nearest.italic else "normal"}

    def face(self, families: object, weight: object, style: object) -> FontFace | None:
        """Return the face that a text is set in, if it has all its characters; None if none is known."""
        names = [name for name in _names(families) if name in self._faces] or list(self._faces)[:1]
        them = [face for face in self._all if face.family.lower() in names[:1]]
        wants_italic = style in {"italic", "oblique"}
        them = [face for face in them if face.italic == wants_italic] or them
        wanted = _weight(weight)
        return min(them, key=lambda face: _distance(wanted, face.weights), default=None)

    def width(self, text: str, face: FontFace, font_px: float) -> float:
        """Return how wide a text is in a face (of a variable font: as the file has it)."""
        if face not in self._measuring:
            data = face.read()
            self._measuring[face] = ImageFont.truetype(BytesIO(data), _units(_tables(data), data))
        font = self._measuring[face]
        return font.getlength(" ".join(text.splitlines())) * font_px / font.size

    def line(self, text: str, families: object) -> Line | None:
        """Return how a text's letters stand in its lines; None if it takes several fonts, or none is known.

        Args:
            text: What is set.
            families: As the style asks for them, `"Inter, serif"`.
        """
        chain = list(
            dict.fromkeys([*(name for name in _names(families) if name in self._faces), *self._faces])
        )
        if not chain:
            return None
        lines = {self._lines[self._first(word[0], chain)] for word in text.split()}
        return lines.pop() if len(lines) == 1 else None

    def _first(self, character: str, chain: Sequence[str]) -> str:
        return next((name for name in chain if ord(character) in self._faces[name].covered), chain[-1])


def _weight(value: object) -> int:
    if isinstance(value, (int, float)):
        return int(value)
    written = str(value)
    return (
        int(written)
        if re.fullmatch("[0-9]{1,4}", written)
        else {"bold": 700, "bolder": 700, "lighter": 300}.get(written, 400)
    )


def _distance(wanted: int, weights: tuple[int, int]) -> tuple[int, int]:
    """Return how far a face's weights are from the wanted one; the side where one looks first comes first."""
    low, high = weights
    if low <= wanted <= high:
        return 0, 0
    has = low if wanted < low else high
    if 400 <= wanted <= 500:
        if wanted < has <= 500:
            return 1, has - wanted
        return (2, wanted - has) if has < wanted else (3, has - wanted)
    heavier_first = wanted > 500
    return (1 if (has > wanted) == heavier_first else 2), abs(has - wanted)


def _names(families: object) -> list[str]:
    return [name.strip(" '\"").lower() for name in families.split(",")] if isinstance(families, str) else []


def _line(face: FontFace) -> Line:
    font = face.read()
    try:
        tables = _tables(font)
        units = _units(tables, font)
        up, down = struct.unpack_from(">hh", font, tables[b"hhea"] + 4)
        under = -struct.unpack_from(">h", font, tables[b"post"] + 8)[0]
        drawn_up, drawn_down = up, down
        if b"OS/2" in tables and struct.unpack_from(">H", font, tables[b"OS/2"] + 62)[0] & _USE_TYPO:
            drawn_up, drawn_down = struct.unpack_from(">hh", font, tables[b"OS/2"] + 68)
    except (struct.error, KeyError) as error:
        raise FontUnreadable(face.name, "it lacks the tables that say how high its lines are") from error
    return Line(up / units, -down / units, drawn_up / units, -drawn_down / units, under / units)


def _tables(font: bytes) -> dict[bytes, int]:
    count: int = struct.unpack_from(">H", font, 4)[0]
    return {tag: at for tag, _, at, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count])}


def _units(tables: Mapping[bytes, int], font: bytes) -> int:
    """Return a font's units to the em: at this size every width is a whole number of pixels."""
    units: int = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    return units


def _round(number: float) -> int:
    return math.floor(number + 0.5)
