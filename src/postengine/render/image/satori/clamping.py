"""Shortening the last line that is shown as Satori does it: letter by letter, with any ellipsis."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_SEGMENT = re.compile(r"\w+|[^\w\s]")


class Measures(NamedTuple):
    """What a line is measured with.

    Attributes:
        room_px: How wide a line is.
        space_px: How wide a space is.
        width_of: Measures a word or a part of one.
    """

    room_px: float
    space_px: float
    width_of: Callable[[str], float]


class _Segment(NamedTuple):
    word: int
    before: str
    text: str
    at_px: float
    wide_px: float


def shortened(
    line: Sequence[str], following: str, ellipsis: str, measures: Measures, *, centred: bool
) -> list[str]:
    """Return the words of the last line that is shown.

    Args:
        line: Its words.
        following: The first word of the line after it.
        ellipsis: What stands for the rest.
        measures: Of the line.
        centred: Its lines are centred; then nothing of the next line is drawn up.
    """
    mark = measures.width_of(ellipsis)
    if mark > measures.room_px:
        ellipsis = "…"
        mark = measures.width_of(ellipsis)
    segments = list(_segments(line, measures))
    for segment in segments:
        if segment.at_px + segment.wide_px + mark + measures.space_px > measures.room_px:
            kept = _fitting(segment.text, segment.at_px, mark, measures)
            return [*line[: segment.word], f"{segment.before}{kept}{ellipsis}"]
    if centred:
        return [*line[:-1], f"{line[-1]} {ellipsis}"]
    last = segments[-1]
    start = _SEGMENT.findall(following)[0]
    return [*line, _fitting(start, last.at_px + last.wide_px, mark, measures) + ellipsis]


def _segments(line: Sequence[str], measures: Measures) -> Iterator[_Segment]:
    at = 0.0
    for index, word in enumerate(line):
        before = ""
        for text in _SEGMENT.findall(word):
            wide = measures.width_of(text)
            yield _Segment(index, before, text, at, wide)
            before += text
            at += wide
        yield _Segment(index + 1, "", "", at, measures.space_px)
        at += measures.space_px


def _fitting(text: str, at_px: float, mark_px: float, measures: Measures) -> str:
    """Return as many letters as leave room for the ellipsis, one at least."""
    kept = text[:1]
    for end in range(2, len(text) + 1):
        if at_px + measures.width_of(text[:end]) + mark_px > measures.room_px:
            break
        kept = text[:end]
    return kept
