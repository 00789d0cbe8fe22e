"""FakePushService: one object to use in-process or as a server of its own."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

import httpx
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from postengine.clock import Clock

from .app import FakePushApp
from .service import PushService

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class FakePushService(PushService):
    """A local push service with the browsers behind it, and a control panel over HTTP.

    In-process, hand `http=fake.http()` to a `WebPushClient`, or `http=fake.async_http()` to its async twin.
    As a server, `with FakePushService() as fake:` listens on a free port of 127.0.0.1 until the end of the
    block; the client then needs `allows_local=True`. A subscription's endpoint is where the fake was reached
    when it was made.

    Args:
        clock: Ages tokens; `slow` sleeps on it.
        port: For the server; 0 is any free one.
    """

    def __init__(self, *, clock: Clock | None = None, port: int = 0) -> None:
        super().__init__(clock=clock)
        self._port = port
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def wsgi_app(self) -> WSGIApplication:
        """The fake as a WSGI application."""
        return FakePushApp(self)

    @property
    def url(self) -> str:
        """Base address: of the server while it runs, else one that only `http()` knows."""
        return f"http://127.0.0.1:{self._server.server_port}" if self._server else super().url

    def http(self) -> httpx.Client:
        """Return a client that reaches the fake without a socket; close it after use."""
        return httpx.Client(transport=httpx.WSGITransport(app=self.wsgi_app))

    def async_http(self) -> httpx.AsyncClient:
        """Return a client for tasks that reaches the fake without a socket; close it after use."""
        return httpx.AsyncClient(transport=_AsyncTransport(httpx.WSGITransport(app=self.wsgi_app)))

    def start(self) -> None:
        """Listen on 127.0.0.1, each connection in a thread of its own."""
        self._server = make_server(
            "127.0.0.1", self._port, self.wsgi_app, threaded=True, request_handler=_QuietHandler
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="fake-push-service", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _AsyncTransport(httpx.AsyncBaseTransport):
    """The same transport for tasks; nothing in it waits, but for a fault that is slow."""

    def __init__(self, transport: httpx.WSGITransport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        answer = self._transport.handle_request(request)
        body = httpx.ByteStream(answer.read())
        return httpx.Response(answer.status_code, headers=answer.headers, stream=body)


class _QuietHandler(WSGIRequestHandler):
    """Keeps connections alive, as push services do, and writes no access log."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""
