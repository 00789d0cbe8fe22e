"""Messages between a process and its child: pickles over a socket, large arrays beside them without a copy.

Only the two ends of a socket pair speak here. What comes from outside must never be fed to it: a pickle can
run code.
"""

from __future__ import annotations

import pickle
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass

_COUNT = struct.Struct("<I")
_BUFFER_BYTES = 1 << 20
Parts = Sequence[memoryview]
"""A message as it travels: the pickle, then the arrays it speaks of."""


class Deadline:
    """A moment until which something must be done.

    Args:
        limit_s: Seconds from now; None for ever.
    """

    def __init__(self, limit_s: float | None = None) -> None:
        self._end = None if limit_s is None else time.monotonic() + limit_s

    def left_s(self) -> float | None:
        """Return the seconds left, more than 0; None for ever.

        Raises:
            TimeoutError: It is past.
        """
        if self._end is None:
            return None
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True)
class Channel:
    """One end of a socket pair."""

    end: socket.socket

    def send(self, message: Parts, until: Deadline) -> None:
        """Send what `packed` made.

        Raises:
            EOFError: The other end is gone.
            TimeoutError: It took too long.
        """
        lengths = [part.nbytes for part in message]
        head = struct.pack(f"<I{len(lengths)}Q", len(lengths), *lengths)
        for part in (memoryview(head), *message):
            self._write(part, until)

    def receive(self, until: Deadline) -> object:
        """Return the next message.

        Raises:
            EOFError: The other end is gone.
            TimeoutError: It took too long.
        """
        (count,) = _COUNT.unpack(self._read(_COUNT.size, until))
        lengths = struct.unpack(f"<{count}Q", self._read(8 * count, until))
        body, *buffers = [self._read(length, until) for length in lengths]
        return pickle.loads(body, buffers=buffers)  # noqa: S301 - the other end is our own child or parent

    def _write(self, part: memoryview, until: Deadline) -> None:
        try:
            while part:
                self.end.settimeout(until.left_s())
                part = part[self.end.send(part) :]
        except ConnectionError as error:
            raise EOFError from error

    def _read(self, length: int, until: Deadline) -> bytearray:
        whole = bytearray(length)
        rest = memoryview(whole)
        try:
            while rest:
                self.end.settimeout(until.left_s())
                taken = self.end.recv_into(rest)
                if not taken:
                    raise EOFError
                rest = rest[taken:]
        except ConnectionError as error:
            raise EOFError from error
        return whole


def packed(message: object) -> Parts:
    """Return a message ready to be sent."""
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(message, protocol=5, buffer_callback=buffers.append)
    return [memoryview(body), *(buffer.raw() for buffer in buffers)]


def socket_pair() -> tuple[socket.socket, socket.socket]:
    """Return two ends that swallow a picture in few gulps."""
    ends = socket.socketpair()
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
    return ends


@dataclass(frozen=True)
class Beside:
    """Bytes that travel beside the pickle; they arrive as plain `bytes`. Worth it above some 100 kB."""

    data: bytes

    def __reduce__(self) -> tuple[object, ...]:
        return bytes, (pickle.PickleBuffer(self.data),)
