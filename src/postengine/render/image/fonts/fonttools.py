"""The typed wrapper of fontTools and brotli, which have no types."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, cast

import brotli  # pyright: ignore[reportMissingTypeStubs] - it has none
from fontTools import (  # pyright: ignore[reportMissingTypeStubs] - it has none
    ttLib,
    unicodedata,
)
from fontTools.colorLib import errors as colour_errors  # pyright: ignore[reportMissingTypeStubs] - it has none
from fontTools.pens import basePen  # pyright: ignore[reportMissingTypeStubs] - it has none
from fontTools.ttLib import woff2  # pyright: ignore[reportMissingTypeStubs] - it has none

_ttlib = cast("Any", ttLib)
_woff2 = cast("Any", woff2)
_brotli = cast("Any", brotli)
_unicode = cast("Any", unicodedata)

_CHUNK = 1 << 20
_WOFF2_HEADER = 48

# fontTools has its own error for little; a file that is cut or bent ends in any of these.
STUMBLES: tuple[type[Exception], ...] = (
    cast("type[Exception]", _ttlib.TTLibError),
    cast("type[Exception]", _brotli.error),
    cast("type[Exception]", cast("Any", basePen).PenError),
    cast("type[Exception]", cast("Any", colour_errors).ColorLibError),
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


class VariableAxis(Protocol):
    """What is used of an axis in a table `fvar`."""

    axisTag: str  # noqa: N815 - their name
    minValue: float  # noqa: N815
    defaultValue: float  # noqa: N815
    maxValue: float  # noqa: N815


class Table(Protocol):
    """What is used of the tables `fvar`, `name`, `OS/2` and `head`; each has its own part of it."""

    axes: Sequence[VariableAxis]
    usWeightClass: int  # noqa: N815
    fsSelection: int  # noqa: N815
    macStyle: int  # noqa: N815

    def getBestFamilyName(self) -> str | None: ...  # noqa: N802, D102


class Entry(Protocol):
    """Where a table lies in the file."""

    offset: int
    length: int


class Reader(Protocol):
    """The file's directory."""

    tables: Mapping[str, Entry]

    def __getitem__(self, tag: str) -> bytes: ...


class Font(AbstractContextManager["Font"], Protocol):
    """What is used of an open font."""

    reader: Reader
    flavor: str | None

    def __contains__(self, tag: str) -> bool: ...
    def __getitem__(self, tag: str) -> Table: ...
    def getBestCmap(self) -> Mapping[int, str] | None: ...  # noqa: N802, D102
    def save(self, file: io.BytesIO) -> None: ...  # noqa: D102


def open_font(data: bytes, number: int = -1) -> Font:
    """Open a font; of a collection the one with that number.

    Raises:
        Exception: One of STUMBLES, here and from all that is done with the font.
    """
    opened = _ttlib.TTFont(
        io.BytesIO(data), fontNumber=number, lazy=True, recalcTimestamp=False, recalcBBoxes=False
    )
    return cast("Font", opened)


def woff2_pieces(data: bytes) -> Iterator[int]:
    """Unpack a WOFF2 file piece by piece and yield the size of each, so that the caller can stop.

    Raises:
        Exception: One of STUMBLES; EOFError if it is cut short.

    Source: WOFF 2.0 (W3C, 2024-08-08), sections 4.1 and 5.
    """
    tables, packed = struct.unpack_from(">H6xI", data, 12)
    file = io.BytesIO(data)
    file.seek(_WOFF2_HEADER)
    for _ in range(tables):
        _woff2.WOFF2DirectoryEntry().fromFile(file)
    decoder = _brotli.Decompressor()
    piece = file.read(packed)
    while not decoder.is_finished():
        grown = len(decoder.process(piece, output_buffer_limit=_CHUNK))
        if not grown and decoder.can_accept_more_data():
            raise EOFError("cut short")
        yield grown
        piece = b""


def script_extension(character: str) -> set[str]:
    """Return the scripts (ISO 15924 codes) that a character is used in."""
    return set(cast("set[str]", _unicode.script_extension(character)))


def script_name(character: str) -> str:
    """Return the name of a character's script, such as Arabic."""
    return str(_unicode.script_name(_unicode.script(character)))
