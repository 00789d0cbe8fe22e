"""A single byte range of a file (RFC 9110, section 14)."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Unsatisfiable(ValueError):
    """The range lies outside of the file."""


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """Return start and length, or None where the header is to be ignored: broken, or several ranges.

    Args:
        header: The value of `Range`.
        size: Of the file, in bytes.

    Raises:
        Unsatisfiable: No byte of the range is in the file.

    >>> parse_range("bytes=2-5", 10), parse_range("bytes=-3", 10), parse_range("bytes=8-99", 10)
    ((2, 4), (7, 3), (8, 2))
    """
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < start:
            return None
    if start >= size or end <= start:
        raise Unsatisfiable(f"{header!r} is outside of {size} bytes")
    return start, end - start
