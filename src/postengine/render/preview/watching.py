"""Waiting until one of some files has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

INTERVAL_S = 0.3

_Stamps = dict[Path, tuple[int, int] | None]


def stamps(files: Iterable[Path]) -> _Stamps:
    """Return what tells versions of files apart; None for one that is not there."""
    return {file: _stamp(file) for file in files}


def wait_for_change(before: _Stamps, files: Callable[[], Iterable[Path]], pause: Callable[[], None]) -> None:
    """Return once a file is changed, added or gone.

    Args:
        before: As it was when the files were last read.
        files: Names the files to look at.
        pause: Waits a moment.
    """
    while stamps(files()) == before:
        pause()


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
