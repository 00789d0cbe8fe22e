"""Breaking words within, where `word-break` says so: as many letters in a line as fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def broken(
    words: Iterable[str],
    room_px: float,
    width_of: Callable[[str], float],
    space_px: float,
    *,
    everywhere: bool,
) -> list[str]:
    """Return words, those that are broken in pieces; every piece but a word's first begins a line.

    Args:
        words: Without spaces.
        room_px: How wide a line is.
        width_of: Measures a word or a letter.
        space_px: How wide a space is.
        everywhere: Break any word at the end of its line (`break-all`), not just those too long for one.

    >>> broken(["a", "fascinating"], 4, len, 1, everywhere=False)
    ['a', 'fasc', 'inat', 'ing']
    >>> broken(["a", "fascinating"], 4, len, 1, everywhere=True)
    ['a', 'fa', 'scin', 'atin', 'g']
    """
    pieces: list[str] = []
    end = 0.0
    for word in words:
        wide = width_of(word)
        start = end + space_px if pieces else 0.0
        is_too_long = wide > room_px
        if start + wide <= room_px:
            pieces.append(word)
            end = start + wide
        elif everywhere or is_too_long:
            found, end = _letters(word, start if everywhere else 0.0, room_px, width_of)
            pieces += found
        else:
            pieces.append(word)
            end = wide
    return pieces


def _letters(
    word: str, start: float, room_px: float, width_of: Callable[[str], float]
) -> tuple[list[str], float]:
    """Return the pieces of a word that begins at `start`, and where the last of them ends."""
    pieces: list[str] = []
    piece, end = "", start
    for letter in word:
        wide = width_of(letter)
        if end + wide > room_px:
            pieces += [piece] if piece else []
            piece, end = "", 0.0
        piece += letter
        end += wide
    return [*pieces, piece], end
