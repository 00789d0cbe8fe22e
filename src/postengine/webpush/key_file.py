"""Keeping the key pair in a file: made at the first start, the same for all processes ever after."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from .errors import VapidInvalid
from .keys import VapidKeys


def read_or_make_keys(file: Path) -> VapidKeys:
    """Return the pair in `file`; where there is none, make one that only this user can read.

    Of several processes that start together, one makes the pair and all return that one.

    Args:
        file: Its folder is made where it is missing. Keep it as you keep the database: without it, each
            phone has to subscribe anew.

    Raises:
        VapidInvalid: What is in it is no key.
    """
    if not file.exists():
        _make(file)
    try:
        return VapidKeys.from_pem(file.read_bytes())
    except VapidInvalid as error:
        remedy = "restore it from a backup, or delete it and let each phone subscribe anew"
        raise VapidInvalid(str(file), f"{error.problem}; {remedy}") from error


def _make(file: Path) -> None:
    """Write a pair beside `file`, whole and on disk, and link it to its name unless that is taken."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # with mode 600
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(VapidKeys.generate().to_pem())
            writing.flush()
            os.fsync(writing.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()
