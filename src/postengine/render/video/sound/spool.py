"""Sound kept in a file while it is used more than once, since an hour of it would fill the memory."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import IO

import numpy as np

from .samples import RATE, SAMPLE_BYTES, Samples


def recorded(blocks: Generator[Samples], spool: IO[bytes]) -> Generator[Samples]:
    """Yield the same blocks, and keep them."""
    with closing(blocks):
        for block in blocks:
            spool.write(block.data)
            yield block


def played(spool: IO[bytes]) -> Generator[Samples]:
    """Yield what was recorded, from its beginning, in blocks of one second."""
    spool.seek(0)
    while data := spool.read(RATE * SAMPLE_BYTES):
        yield np.frombuffer(data, np.float32).reshape(-1, 2)


def in_rounds(blocks: Generator[Samples], spool: IO[bytes]) -> Generator[Samples]:
    """Yield a sound again and again, without a gap; nothing if it is empty.

    Args:
        blocks: The sound; taken once.
        spool: An empty file, for the later rounds.
    """
    yield from recorded(blocks, spool)
    while spool.tell():
        yield from played(spool)
