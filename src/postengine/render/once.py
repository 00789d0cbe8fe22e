"""A file that is made once, however many ask for it at the same time."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import IO

from .output import half_name, written_whole

_LOCKS = ".making"
"""The folder beside the files that holds a lock for each file in the making."""


def made_once(folder: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return `folder/name`; make it first if it is not there.

    Threads and processes that ask together wait for the first of them, and find what it made. If it fails or
    dies, the next in line makes it. What a dead one left behind goes with the next file made in the folder.

    Args:
        folder: Where the file stands; made if need be.
        name: Of the file, without folders; one name always means the same content.
        make: Writes the file to the path that it is given; called at most once.

    Raises:
        ValueError: The name has folders or begins with a dot.
        RenderOutOfSpace: The disk is full; nothing is left behind.
    """
    if not name or name.startswith(".") or Path(name).name != name:
        raise ValueError(f"Expected a file name without folders or a dot in front, got {name!r}.")
    out = folder / name
    if out.exists():
        return out
    locks = folder / _LOCKS
    locks.mkdir(parents=True, exist_ok=True)
    with _locked(locks / name) as is_left_behind:
        if not out.exists():
            _sweep(locks, folder)
            if is_left_behind:
                _remove_halves(out)
            with written_whole(out) as temporary:
                make(temporary)
    return out


@contextmanager
def _locked(path: Path) -> Generator[bool]:
    """Hold the lock of a file and take it away at the end; yield whether an earlier holder died."""
    while True:
        with path.open("ab") as lock:
            try:
                _hold(lock, path, fcntl.LOCK_EX)
            except FileNotFoundError:
                continue  # others lock a new file of that name
            is_left_behind = os.fstat(lock.fileno()).st_size > 0
            lock.write(b"held")
            lock.flush()
            try:
                yield is_left_behind
            finally:
                path.unlink()
                fcntl.flock(lock, fcntl.LOCK_UN)  # a process forked meanwhile would hold it on
            return


def _sweep(locks: Path, folder: Path) -> None:
    """Remove the locks that nobody holds, and the half files of the makers that died holding them."""
    for path in locks.iterdir():
        with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as lock:
            _hold(lock, path, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove_halves(folder / path.name)
            path.unlink()


def _hold(lock: IO[bytes], path: Path, how: int) -> None:
    """Lock an open file.

    Raises:
        BlockingIOError: Somebody else holds it, and we are not to wait.
        FileNotFoundError: Who held it has taken it away, so that it locks nothing.
    """
    fcntl.flock(lock, how)
    if not os.path.samestat(os.fstat(lock.fileno()), path.stat()):
        raise FileNotFoundError(path)


def _remove_halves(out: Path) -> None:
    """Remove what `written_whole` and `working_folder` began under a temporary name and nobody ended."""
    prefix, suffix = half_name(out)
    for half in out.parent.glob(f"{escape(prefix)}????????{escape(suffix)}"):
        if half.is_dir():
            shutil.rmtree(half, ignore_errors=True)  # another sweep may be at it
        else:
            half.unlink(missing_ok=True)
