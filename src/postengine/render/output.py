"""Writing a result: under a temporary name beside its place, then moved there in one step."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .errors import RenderOutOfSpace

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True)
class Rendered:
    """A finished file.

    Attributes:
        path: Where it is.
        mime: Such as `image/jpeg` or `video/mp4`.
        width_px: Of the picture.
        height_px: Of the picture.
        duration_s: Of a video, else None.
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
    with half_written(out) as temporary:
        try:
            yield temporary
            with temporary.open("rb") as file:
                os.fsync(file.fileno())  # or a crash of the machine could leave the name with no content
            temporary.chmod(0o644)
            temporary.replace(out)
        except OSError as error:
            raise _mapped(error, out) from error


@contextmanager
def half_written(out: Path) -> Generator[Path]:
    """Yield an empty temporary file beside `out`, removed in the end; `made_once` finds what a crash left.

    Raises:
        RenderOutOfSpace: The disk is full.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{out.stem}-", suffix=f"{out.suffix}.part", dir=out.parent)
    except OSError as error:
        raise _mapped(error, out) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _mapped(error: OSError, out: Path) -> Exception:
    return RenderOutOfSpace(out) if error.errno in _FULL else error
