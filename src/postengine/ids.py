"""Sources of ids and secrets as arguments, so that a simulation repeats itself byte for byte."""

from __future__ import annotations

import os
import secrets
import time
from typing import Protocol

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class Ids(Protocol):
    """Makes ids for new rows."""

    def new(self, prefix: str) -> str:
        """Return an id that no other call returns, `<prefix>_<26 characters>`."""
        ...


class SortableIds:
    """Ids that sort by the millisecond in which they were made: 48 bits of time, 80 random bits."""

    def new(self, prefix: str) -> str:
        """Return a new id such as `post_01k9v3…`."""
        value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
        return f"{prefix}_{_base32(value)}"


class CountingIds:
    """Ids in counting order, for tests and simulations: `post_00000000000000000000000001`."""

    def __init__(self) -> None:
        self._count = 0

    def new(self, prefix: str) -> str:
        """Return the next id."""
        self._count += 1
        return f"{prefix}_{_base32(self._count)}"


def new_secret() -> str:
    """Return a token of 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def _base32(value: int) -> str:
    """Write `value` in 26 characters of Crockford's alphabet, lower case."""
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))
