"""Waits for a condition; there is a limit, so that a test fails instead of hanging."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT_S = 15.0


def wait_until(is_so: Callable[[], bool], *, pump: Callable[[], None], what: str) -> None:
    """Look again and again until it is so.

    Args:
        is_so: Looks.
        pump: Called between two looks; lets the browser or the server go on.
        what: For the failure.
    """
    end = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < end, f"still not so after {LIMIT_S:g} s: {what}"
        pump()
