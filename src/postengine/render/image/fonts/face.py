"""One font: where it comes from, what it is called, and which characters it can draw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path

from postengine.render.errors import FontUnreadable

from .characters import scripts_of
from .font_file import Axis, covered_by, font_facts, plain_font


@dataclass(frozen=True)
class FontFace:
    """A font as styles call it. Its file is read when a text first needs it.

    Attributes:
        family: The name that styles use.
        source: A TrueType or OpenType file, or its bytes.
        weights: The lightest and the heaviest it can be drawn in.
        italic: It slants.
        release: The installed package that holds the file, if it is one; it then stands for the file's bytes
            in `fingerprint`.
    """

    family: str
    source: Path | bytes = field(repr=False)
    weights: tuple[int, int] = (400, 400)
    italic: bool = False
    release: str | None = None

    @property
    def name(self) -> str:
        """What an error calls it."""
        return self.source.name if isinstance(self.source, Path) else self.family

    @cached_property
    def covered(self) -> frozenset[int]:
        """The code points it has a glyph for.

        Raises:
            FontUnreadable: It is junk, cut short, or not there.
        """
        if isinstance(self.source, bytes):
            return covered_by(self.source, self.name)
        return _covered_by(self.source, *_stamp(self.source))

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts (ISO 15924 codes) that it has at least a letter of.

        Raises:
            FontUnreadable: It is junk, cut short, or not there.
        """
        letters = (chr(code) for code in self.covered if chr(code).isalpha())
        return frozenset(script for letter in letters for script in scripts_of(letter))

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """What can be varied; empty if it is not a variable font.

        Raises:
            FontUnreadable: It is junk, cut short, or not there.
        """
        return font_facts(self.read(), self.name).axes

    @cached_property
    def fingerprint(self) -> str:
        """A text that changes when the drawing could: the package's version, or the hash of the bytes.

        A package's files are fixed by its version, and reading 40 MB of fonts to hash them would cost each
        process 60 ms; a user's own file is hashed, again when its time or size has changed.

        Raises:
            FontUnreadable: The file is not there.
        """
        if self.release is not None:
            return f"{self.family}/{self.release} {version(self.release)}/{self.name}"
        if isinstance(self.source, bytes):
            return f"{self.family}/{hashlib.sha256(self.source).hexdigest()}"
        return f"{self.family}/{_hash_of(self.source, *_stamp(self.source))}"

    def read(self) -> bytes:
        """Return the font's bytes, ready for a drawing engine.

        Raises:
            FontUnreadable: It is not there.
        """
        return self.source if isinstance(self.source, bytes) else _bytes_of(self.source)


def read_face(source: Path | bytes, family: str | None = None, *, number: int = 0) -> FontFace:
    """Read a font file of one's own: ttf, otf, woff2, one font of a ttc; variable or not.

    Args:
        source: The file, or its bytes.
        family: What styles call it; None takes the name that it carries.
        number: Which font of a collection, from 0.

    Raises:
        FontUnreadable: It is junk, cut short, too large, without a name, or not there.
    """
    name = source.name if isinstance(source, Path) else family or "bytes"
    data = source if isinstance(source, bytes) else _bytes_of(source)
    plain = plain_font(data, name, number)
    facts = font_facts(plain, name)
    called = family or facts.family
    if not called:
        raise FontUnreadable(name, "it has no family name; give it one")
    face = FontFace(called, source if plain is data else plain, facts.weights, facts.italic)
    _ = face.covered  # a font that draws nothing is found now
    return face


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FontUnreadable(path.name, f"it cannot be opened ({error.strerror})") from error


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError as error:
        raise FontUnreadable(path.name, f"it cannot be opened ({error.strerror})") from error
    return stat.st_mtime_ns, stat.st_size


# Keyed by time and size as well, so that a file that was replaced is read anew.


@lru_cache(maxsize=64)
def _covered_by(path: Path, _mtime_ns: int, _size: int) -> frozenset[int]:
    return covered_by(_bytes_of(path), path.name)


@lru_cache(maxsize=64)
def _hash_of(path: Path, _mtime_ns: int, _size: int) -> str:
    return hashlib.sha256(_bytes_of(path)).hexdigest()
