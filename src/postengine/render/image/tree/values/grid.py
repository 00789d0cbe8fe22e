"""Grids and flexes: tracks, lines, areas, and the `flex` of an item."""

from __future__ import annotations

from .css import CssInvalid, Reader
from .lengths import Measure, number, whole

MOST_TRACKS = 100
_LEAST_FILLED_PX = 8
_SIZED = ("auto", "min-content", "max-content", "fit-content", "stretch")

_length = Measure()
_fraction = number(0, 1_000)
_count = whole(1, MOST_TRACKS)
_line = whole(-MOST_TRACKS, MOST_TRACKS)
_basis = Measure(words=(*_SIZED, "content"))


def read_tracks(reader: Reader) -> None:
    """Read `none`, or a grid's rows or columns: lengths, fractions, `minmax()`, `repeat()`, `[names]`."""
    if reader.word("none"):
        return
    if _tracks(reader, with_repeat=True) > MOST_TRACKS:
        raise CssInvalid(f"a grid has at most {MOST_TRACKS} tracks each way")


def read_auto_tracks(reader: Reader) -> None:
    """Read the sizes of tracks that the template does not name."""
    reader.row(_track, MOST_TRACKS)


def read_line(reader: Reader) -> None:
    """Read where an item begins or ends: a line's number or name, `span 2`, `auto`."""
    if reader.word("auto"):
        return
    if reader.word("span"):
        _count(reader)
    elif reader.take("word") is None and _line(reader) == 0:
        raise CssInvalid("lines are numbered from 1, and backwards from -1")


def read_lines(reader: Reader) -> None:
    """Read where an item begins and, after a slash, ends."""
    read_line(reader)
    if reader.mark("/"):
        read_line(reader)


def read_area(reader: Reader) -> None:
    """Read up to four lines, parted by slashes: row and column where it begins, then where it ends."""
    read_line(reader)
    for _ in range(3):
        if not reader.mark("/"):
            return
        read_line(reader)


def read_areas(reader: Reader) -> None:
    """Read `none`, or one string of names a row, all of the same length."""
    if reader.word("none"):
        return
    rows: list[int] = []
    while (token := reader.take("string")) is not None:
        rows.append(len(token.text[1:-1].split()))
    if not rows or len(set(rows)) > 1 or not 0 < rows[0] <= MOST_TRACKS or len(rows) > MOST_TRACKS:
        raise CssInvalid("areas are strings with the same number of names each")


def read_flex(reader: Reader) -> None:
    """Read `none`, `auto`, or how an item grows, shrinks, and from which size."""
    if reader.word("none", "auto", "initial"):
        return
    has_basis = not _starts_with_number(reader)
    if has_basis:
        _basis(reader)
    if not reader.is_done:
        reader.row(_fraction, 2)
    if not has_basis and not reader.is_done:
        _basis(reader)


def _starts_with_number(reader: Reader) -> bool:
    return reader.ahead is not None and reader.ahead.kind == "number"


def _tracks(reader: Reader, *, with_repeat: bool) -> int:
    """Read tracks; return how many they are."""
    count = 0
    while True:
        _names(reader)
        if reader.ahead is None or reader.ahead.text == ")":
            break
        if with_repeat and reader.function("repeat"):
            count += _repeat(reader)
        else:
            _track(reader)
            count += 1
    if not count:
        raise CssInvalid("a track was to come")
    return count


def _names(reader: Reader) -> None:
    while reader.mark("["):
        while reader.take("word") is not None:
            pass
        reader.need("]")


def _repeat(reader: Reader) -> int:
    is_filled = reader.word("auto-fill", "auto-fit") is not None
    times = 1 if is_filled else _count(reader)
    reader.need(",")
    start = reader.at
    count = _tracks(reader, with_repeat=False)
    if is_filled:
        fixed = (token.value for token in reader.tokens[start : reader.at] if token.kind == "dimension")
        if max(fixed, default=0) < _LEAST_FILLED_PX:
            raise CssInvalid(f"auto-fill needs a track of a fixed size, at least {_LEAST_FILLED_PX} px")
    reader.need(")")
    return times * count


def _track(reader: Reader) -> None:
    if reader.function("minmax"):
        if not reader.word("auto"):
            _length(reader)
        reader.need(",")
        _largest(reader)
        reader.need(")")
    else:
        _largest(reader)


def _largest(reader: Reader) -> None:
    ahead = reader.ahead
    if reader.word("auto"):
        return
    if ahead is not None and ahead.kind == "dimension" and ahead.unit == "fr":
        if not 0 <= reader.next().value <= 1_000:
            raise CssInvalid("fractions go from 0 to 1,000 fr")
        return
    _length(reader)
