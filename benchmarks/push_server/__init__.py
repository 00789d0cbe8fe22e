"""A server on the loopback interface that takes messages over TLS as FCM does, each after the same time.

    python -m benchmarks.push_server LATENCY_MS PEM

PEM is a file with key and certificate. It prints its address, and ends with its standard input. It checks
nothing, so that it needs little CPU: FakeFcm is for that.
"""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_NAME = b'{\n  "name": "projects/bench/messages/0:1780000000000000%31bd1c9631bd1c96"\n}\n'
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
    + str(len(_NAME)).encode()
    + b"\r\n\r\n"
    + _NAME
)


class _Connection(asyncio.Protocol):
    """Reads requests by their Content-Length, one after the other, and answers each late."""

    def __init__(self, latency_s: float) -> None:
        self._latency_s = latency_s
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._end_of_request()) is not None:
            self._read = self._read[end:]
            asyncio.get_running_loop().call_later(self._latency_s, self._answer)

    def _end_of_request(self) -> int | None:
        head, separator, body = self._read.partition(b"\r\n\r\n")
        if not separator:
            return None
        length = next(
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        return len(head) + len(separator) + length if len(body) >= length else None

    def _answer(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(_ANSWER)


@contextmanager
def running_push_server(latency_ms: float, pem: Path) -> Generator[str]:
    """Run it as a process of its own; give its address."""
    command = [sys.executable, "-m", __name__, str(latency_ms), str(pem)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line.startswith("https://"):
                raise RuntimeError(f"the server says where it listens; it said {line!r}")
            yield line.strip()
        finally:
            process.terminate()


async def serve(latency_ms: float, pem: Path) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    server = await loop.create_server(
        lambda: _Connection(latency_ms / 1000), "127.0.0.1", 0, backlog=1024, ssl=context
    )
    print(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
