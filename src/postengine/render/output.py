"""Writing a result: under a temporary name beside its place, then moved there in one step."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .errors import RenderOutOfSpace

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_LONGEST_NAME = 255 - len(".-12345678.part")
"""In bytes; a file system's own limit, less what a temporary name adds."""


@dataclass(frozen=True)
class Rendered:
    """A finished file.

    Attributes:
        path: Where it is.
        mime: Such as `image/jpeg` or `video/mp4`.
        width_px: Of the picture; 0 of a sound.
        height_px: Of the picture; 0 of a sound.
        duration_s: Of a video or a sound, else None.
        size_bytes: Of the file.
    """

    path: Path
    mime: str
    width_px: int
    height_px: int
    duration_s: float | None
    size_bytes: int


@contextmanager
def written_whole(out: Path) -> Generator[Path]:
    """Yield a temporary path beside `out`; move it there if the block ends well, else remove it.

    Raises:
        RenderOutOfSpace: The disk is full; nothing is left behind and an earlier `out` is untouched.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        prefix, suffix = half_name(out)
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=out.parent)
    except OSError as error:
        raise _mapped(error, out) from error
    temporary = Path(name)
    try:
        os.close(handle)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())  # or a crash of the machine could leave the name with no content
        temporary.chmod(0o644)
        temporary.replace(out)
    except OSError as error:
        raise _mapped(error, out) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def working_folder(out: Path) -> Generator[Path]:
    """Yield a folder beside `out` for what a file is made from, gone in the end with all that is in it.

    What a process that was killed leaves of it, `made_once` removes.

    Raises:
        RenderOutOfSpace: The disk is full.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        prefix, suffix = half_name(out)
        name = tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=out.parent)
    except OSError as error:
        raise _mapped(error, out) from error
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name)


def half_name(out: Path) -> tuple[str, str]:
    """Return how temporary names beside `out` begin and end; eight characters come between.

    A name that leaves no room for more than itself is told by its hash.
    """
    if len(os.fsencode(out.name)) <= _LONGEST_NAME:
        return f".{out.stem}-", f"{out.suffix}.part"
    return f".{hashlib.sha256(os.fsencode(out.name)).hexdigest()}-", ".part"


def _mapped(error: OSError, out: Path) -> Exception:
    return RenderOutOfSpace(out) if error.errno in _FULL else error
