"""Reading as much of an answer as is worth it: whoever answers may be anybody."""

from __future__ import annotations

import httpx

from postengine.clock import Clock

from .answer import PushAnswer

_MOST_BYTES = 4096
_MOST_S = 15.0


class BodyStart:
    """The first bytes of an answer; whoever answers may send for ever, or a byte a minute.

    Args:
        clock: Ends the reading after a while.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends_at = clock.monotonic() + _MOST_S
        self._bytes = bytearray()

    def add(self, chunk: bytes) -> bool:
        """Keep `chunk`; return whether that is enough."""
        self._bytes += chunk
        return len(self._bytes) >= _MOST_BYTES or self._clock.monotonic() >= self._ends_at

    def answer(self, response: httpx.Response) -> PushAnswer:
        """Return the answer as far as it has come."""
        return PushAnswer(response.status_code, response.headers, bytes(self._bytes[:_MOST_BYTES]))
