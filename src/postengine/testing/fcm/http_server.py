"""A server that keeps its connections, as FCM's does: werkzeug's closes them after each answer."""

from __future__ import annotations

import contextlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

from werkzeug.test import EnvironBuilder, run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class KeepingServer(ThreadingHTTPServer):
    """Serves a WSGI application on 127.0.0.1, each connection in a thread of its own.

    Args:
        app: Finds the connection under `werkzeug.socket`, should it want to end it.
        port: 0 is any free one.
    """

    request_queue_size = 512

    def __init__(self, app: WSGIApplication, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.app = app
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def end(self) -> None:
        """Stop listening and end all connections."""
        self.shutdown()
        self.server_close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):  # its client was first
                    connection.shutdown(socket.SHUT_RDWR)

    def get_request(self) -> tuple[socket.socket, object]:
        """Take the next connection, and remember it."""
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def close_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Forget a connection that has ended."""
        with self._lock:
            self._open.discard(cast("socket.socket", request))
        super().close_request(request)


class _Handler(BaseHTTPRequestHandler):
    """Hands each request to the application; reads it whole, so that the next one begins after its body."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer until either side ends the connection."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write no access log."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        base_url = f"http://{self.headers.get('Host', 'localhost')}"
        with contextlib.closing(
            EnvironBuilder(
                self.path, base_url, method=self.command, headers=list(self.headers.items()), data=body
            )
        ) as builder:
            environ = builder.get_environ() | {"werkzeug.socket": self.connection}
        parts, status, headers = run_wsgi_app(cast("KeepingServer", self.server).app, environ)
        content = b"".join(parts)
        self.send_response(int(status.partition(" ")[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
