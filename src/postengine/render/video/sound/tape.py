"""Samples that come in blocks, read in any amounts."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from .samples import Samples, silent


class Tape:
    """Blocks as they come, read as they are needed; silence after the last.

    Args:
        blocks: Of any length.
    """

    def __init__(self, blocks: Generator[Samples]) -> None:
        self._blocks = blocks
        self._rest = silent(0)

    def read(self, count: int) -> Samples:
        """Return the next `count` samples."""
        taken, missing = [self._rest], count - len(self._rest)
        while missing > 0:
            block = next(self._blocks, None)
            if block is None:
                block = silent(missing)
            taken.append(block)
            missing -= len(block)
        whole = np.concatenate(taken)
        self._rest = whole[count:].copy()
        return whole[:count]

    def close(self) -> None:
        """Stop what the blocks come from."""
        self._blocks.close()
