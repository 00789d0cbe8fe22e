"""A server on the loopback interface that answers the same small JSON, and swallows what is sent to it.

    python -m benchmarks.loopback

It prints its address, and ends with its standard input.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PIECE_BYTES = 1 << 20
_CHANNELS = [
    {
        "id": f"cm{number:023}",
        "name": f"Harbour & Hill {number}",
        "identifier": identifier,
        "picture": f"https://media.example/{number}.jpg",
        "disabled": False,
        "profile": "harbourhill",
        "customer": None,
    }
    for number, identifier in enumerate(("instagram", "facebook", "threads"))
]
_ANSWERS = {
    "/public/v1/is-connected": json.dumps({"connected": True}).encode(),
    "/public/v1/integrations": json.dumps(_CHANNELS).encode(),
}
_MEDIA = json.dumps({"id": "media", "path": "https://media.example/media.mp4"}).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open, as with a real server
    disable_nagle_algorithm = True
    wbufsize = -1  # one write an answer

    def do_GET(self) -> None:
        self._answer(_ANSWERS[self.path])

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        while left > 0:
            left -= len(self.rfile.read(min(left, _PIECE_BYTES)))
        self._answer(_MEDIA)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing about requests."""

    def _answer(self, body: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


@contextmanager
def running_loopback() -> Generator[str]:
    """Run it as a process of its own; give its address."""
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line.startswith("http://"):
                raise RuntimeError(f"the server says where it listens; it said {line!r}")
            yield line.strip()
        finally:
            process.terminate()


def main() -> None:
    """Serve until standard input ends."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        sys.stdin.read()
        server.shutdown()
