"""The fonts that pictures are set in, found in their wheels, and which characters they can draw."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from postengine.render.errors import FontMissing


@dataclass(frozen=True)
class FontFile:
    """A font file under the family name that styles call it by."""

    family: str
    path: Path

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises:
            FontMissing: The file is not there.
        """
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise FontMissing(
                f"Expected the font {self.family!r} in {self.path.name!r}, found no readable file; "
                "install postengine[image] again."
            ) from error


SERIF = "Playfair Display"
SANS = "Inter"


def installed_fonts() -> tuple[FontFile, ...]:
    """Return the fonts that postengine[image] brings: a serif for headlines, a sans for everything else."""
    return (
        FontFile(SERIF, _package("fontpkg_playfair_display") / "files" / "PlayfairDisplay[wght].ttf"),
        FontFile(SANS, _package("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"),
    )


def without_pictographs(text: str, covered: frozenset[int]) -> str:
    """Return `text` without the emoji and symbols that no font can draw; ornaments, not words.

    Letters that no font can draw stay, so that `require_glyphs` reports them.
    """
    kept = "".join(c for c in text if ord(c) in covered or not _is_ornament(c))
    return " ".join(kept.split()) if kept != text else text


def require_glyphs(texts: Iterable[str], covered: frozenset[int]) -> None:
    """Check that every visible character can be drawn.

    Raises:
        FontMissing: Some cannot; drawing would show empty boxes.
    """
    seen = dict.fromkeys(c for text in texts for c in text)
    missing = "".join(c for c in seen if ord(c) not in covered and not c.isspace())
    if missing:
        raise FontMissing(
            f"Expected characters that Inter or Playfair Display can draw, got {missing!r}; leave them out.",
            characters=missing,
        )


def covered_codepoints(font: bytes) -> frozenset[int]:
    """Return the code points for which a TrueType or OpenType font has a glyph.

    Source: OpenType 1.9.1, table `cmap`, formats 4 and 12.
    """
    cmap = _table(font, b"cmap")
    count: int = struct.unpack_from(">H", font, cmap + 2)[0]
    covered: set[int] = set()
    for index in range(count):
        start: int = struct.unpack_from(">I", font, cmap + 4 + 8 * index + 4)[0]
        covered.update(_subtable(font, cmap + start))
    return frozenset(covered)


def _package(name: str) -> Path:
    # The font packages are data: they are found, not imported.
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path(name)


def _is_ornament(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"So", "Sk", "Cf", "Co"} or 0xFE00 <= ord(character) <= 0xFE0F


def _table(font: bytes, tag: bytes) -> int:
    count: int = struct.unpack_from(">H", font, 4)[0]
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise FontMissing(
        f"Expected a font with a table {tag.decode()!r}, found none; install postengine[image] again."
    )


def _subtable(font: bytes, at: int) -> Iterator[int]:
    form: int = struct.unpack_from(">H", font, at)[0]
    if form == 4:
        yield from _format_4(font, at)
    elif form == 12:
        groups: int = struct.unpack_from(">I", font, at + 12)[0]
        for first, last, _ in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * groups]):
            yield from range(first, last + 1)


def _format_4(font: bytes, at: int) -> Iterator[int]:
    half: int = struct.unpack_from(">H", font, at + 6)[0] // 2

    def column(number: int) -> Sequence[int]:
        gap = 2 if number else 0  # a reserved word stands between the end codes and the rest
        return struct.unpack_from(f">{half}H", font, at + 14 + gap + 2 * half * number)

    ends, starts, deltas, offsets = column(0), column(1), column(2), column(3)
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = (code + deltas[index]) & 0xFFFF
            if offsets[index]:
                place = at + 16 + 6 * half + 2 * index + offsets[index] + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph:
                yield code
